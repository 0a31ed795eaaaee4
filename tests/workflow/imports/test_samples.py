from collections.abc import Iterator

import pytest

from bank import ingest
from bank.assembly import open_bank
from bank.jobs.indexer import open_indexer
from bank.search.request import Filters
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.files.thumbnails import make_missing_thumbnails, thumbnail_name
from bank.workflow.imports import samples
from bank.workflow.search.searching import search
from bank.workflow.upkeep.check import check_bank
from bank.workflow.upkeep.health import bank_readiness


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """A bank with the samples."""
    bank = open_bank(Settings(home=tmp_path_factory.mktemp("demo")))
    with open_indexer(bank) as index:
        samples.add_missing_samples(bank)
        index.finish()
    yield bank
    bank.database.close()
    ingest.close_extractors()


def test_every_sample_is_published_marked_and_indexed(demo: Bank) -> None:
    report = check_bank(demo)
    assert report.clean
    found = search(demo, "", Filters(), size=100)
    assert found.total == public.stats(demo).entries == report.entries > 20
    assert all(hit.card.sample for hit in found.hits)
    assert not [hit for hit in found.hits if hit.card.kind == "other"]


def test_only_a_bank_without_any_entry_is_filled(demo: Bank) -> None:
    assert not samples.are_samples_wanted(demo)


def test_a_sentence_of_the_samples_leads_to_its_page(demo: Bank) -> None:
    found = search(demo, '"Redes de Mujeres sin Violencia"', Filters())
    pages = {(hit.card.kind, snippet.page) for hit in found.hits for snippet in hit.snippets if snippet.page}
    assert ("report", 5) in pages


def test_experiences_point_to_the_events_that_honoured_them(demo: Bank) -> None:
    hit = search(demo, "title:redes title:mujeres", Filters(kind=("experience",))).hits[0]
    events = public.published_entry(demo, hit.card.id).events
    assert [event.role for event in events].count("winner") == 1


def test_counts_of_terms_agree_with_the_facets(demo: Bank) -> None:
    facets = search(demo, "", Filters()).facets
    for vocabulary in ("principle", "theme"):
        shown = {value.value: value.count for value in facets[vocabulary]}
        assert shown == dict(public.public_term_counts(demo, vocabulary))
    assert {value.value: value.count for value in facets["city"]} == {
        city.id: city.entries for city in public.public_city_views(demo) if city.entries
    }


def test_lost_pictures_of_first_pages_are_made_again(demo: Bank) -> None:
    entry = next(hit.card for hit in search(demo, "", Filters(), size=100).hits if hit.card.thumbnail)
    picture = public.thumbnail_path(demo, entry.id, entry.thumbnail or 0)
    digest = public.published_original(demo, entry.id, entry.thumbnail or 0).digest
    assert picture.name == thumbnail_name(digest)
    picture.unlink()
    assert make_missing_thumbnails(demo) == 1
    assert picture.read_bytes()[8:12] == b"WEBP"


def test_readiness_names_every_part(demo: Bank) -> None:
    found = bank_readiness(demo)
    assert found.ready
    assert set(found.checks) == {"catalogue", "index", "waiting", "worker", "meaning", "originals", "tesseract", "disk"}
    assert found.checks["worker"] == "not running"
    assert "es" in found.checks["tesseract"]


def test_a_filling_that_was_cut_off_goes_on_where_it_ended(settings: Settings) -> None:
    bank = open_bank(settings)

    def cut_off(done: int, total: int | None, message: str = "") -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        samples.add_missing_samples(bank, cut_off)
    assert samples.are_samples_wanted(bank)
    total = samples.add_missing_samples(bank)
    assert not samples.are_samples_wanted(bank)
    with open_indexer(bank) as index:
        index.finish()
    assert search(bank, "", Filters()).total == total
    bank.database.close()
    ingest.close_extractors()
