"""What coordinators do with cities: confirming, renaming, other names, merging."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bank import ingest
from bank.catalogue import info
from bank.catalogue.tables import Audit, City, CityName, Entry, EntryCity, Event, Membership, Revision, User
from bank.clock import now
from bank.errors import Invalid, NotFound, SignInNeeded
from bank.jobs.indexer import open_indexer
from bank.search.request import Filters
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.cities import editing, merging, views
from bank.workflow.entries import public
from bank.workflow.entries.city_by_name import find_or_make_city
from bank.workflow.entries.founding import found_bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.rights import Viewer
from bank.workflow.search.searching import complete_query, matching_ids, search
from bank.workflow.upkeep.check import check_bank
from tests.making_files import markdown
from tests.people import CITY, EDITOR, copied

COORDINATOR = Viewer(2, "Coordinadora Ficticia", "coordinator")
NEW, OTHER = "mx-villa-nueva", "mx-morelia"


@pytest.fixture
def bank(people_home: Path, home: Path, tmp_path: Path) -> Iterator[Bank]:
    """One with four entries: a published one and a draft of a city nobody confirmed, one of both cities, another's."""
    with copied(people_home, Settings(home=home, semantic="off")) as made:
        fill(made, tmp_path / "files")
        yield made
    ingest.close_extractors()


def fill(bank: Bank, folder: Path) -> None:
    entries = [
        ("alone", "city: Villa Nueva\ncountry: MX", True),
        ("draft", "city: Villa Nueva\ncountry: MX", False),
        ("both", "cities: [Morelia, Guanajuato, Villa Nueva]\ncountry: MX", True),
        ("other", "city: Morelia", True),
    ]
    with open_indexer(bank) as index:
        for name, front, publish in entries:
            text = f"Trata de la palabra{name} y de nada más en esta ficha de prueba."
            file = markdown(folder, f"{name}.md", title=f"Ficha {name}", front=front, sections=[("Una", text)])
            import_file(bank, file, ImportWishes(publish=publish))
        index.finish()


def index(bank: Bank) -> None:
    with open_indexer(bank) as one:
        one.finish()


def places_of(bank: Bank, number: int) -> list[str]:
    """The ids of an entry's cities, the leading one first."""
    query = select(EntryCity.city_id).where(EntryCity.entry_id == number).order_by(EntryCity.position)
    with bank.database.reading() as session:
        return list(session.scalars(query))


def versions(bank: Bank) -> list[int]:
    with bank.database.reading() as session:
        return list(session.scalars(select(Entry.version).order_by(Entry.id)))


def acts(bank: Bank) -> list[str]:
    with bank.database.reading() as session:
        return list(session.scalars(select(Audit.act).where(Audit.actor == COORDINATOR.actor).order_by(Audit.id)))


def ids(bank: Bank, *, q: str = "", city: str = "") -> list[int]:
    return sorted(matching_ids(bank, q, Filters(city=(city,) if city else ()), verbatim=True))


def test_only_those_who_care_for_cities_may(bank: Bank) -> None:
    """S24."""
    editor, program = Viewer(1, "x", "editor", frozenset({NEW})), Viewer(2, "x", "coordinator", scope="review")
    for viewer, failure in ((None, SignInNeeded), (editor, NotFound), (program, NotFound)):
        for act in (
            lambda who: views.managed_cities(bank, who),
            lambda who: views.managed_city(bank, who, NEW),
            lambda who: editing.confirm_city(bank, who, NEW),
            lambda who: editing.rename_city(bank, who, NEW, "X"),
            lambda who: editing.add_alias(bank, who, NEW, "X"),
            lambda who: editing.drop_alias(bank, who, NEW, "X"),
            lambda who: merging.foresee_merger(bank, who, NEW, OTHER),
            lambda who: merging.merge(bank, who, NEW, OTHER),
        ):
            with pytest.raises(failure):
                act(viewer)
    assert acts(bank) == []


def test_the_list_shows_first_what_is_to_be_confirmed_and_finds_by_any_name(bank: Bank) -> None:
    listed = views.managed_cities(bank, COORDINATOR)
    assert listed[0].id == NEW
    assert (listed[0].published, listed[0].others, listed[0].people, listed[0].verified) == (2, 1, 0, False)
    assert [one.id for one in views.managed_cities(bank, COORDINATOR, "villa NUÉVA")] == [NEW]
    assert [one.id for one in views.managed_cities(bank, COORDINATOR, "solidaridad")] == ["mx-playa-del-carmen"]
    assert [one.people for one in views.managed_cities(bank, COORDINATOR, CITY)] == [1]


def test_a_confirmed_city_is_public_without_entries(bank: Bank) -> None:
    with bank.database.writing() as session:
        id = find_or_make_city(session, bank.vocabulary, "Puerto Sin Fichas", "MX")
    with pytest.raises(NotFound):
        public.public_city_view(bank, id)
    editing.confirm_city(bank, COORDINATOR, id)
    editing.confirm_city(bank, COORDINATOR, id)
    assert public.public_city_view(bank, id).verified
    assert acts(bank) == ["confirm_city"]


def test_a_renamed_city_keeps_its_history_and_is_found_by_both_names(bank: Bank) -> None:
    before = versions(bank)
    editing.rename_city(bank, COORDINATOR, OTHER, "  Nueva   Valladolid ")
    index(bank)
    today = now().date().isoformat()
    view = public.public_city_view(bank, OTHER)
    assert view.name == "Nueva Valladolid"
    assert [dict(was) for was in view.name_history] == [
        {"name": "Morelia", "to": today},
        {"name": "Nueva Valladolid", "from": today},
    ]
    assert ids(bank, q="valladolid") == ids(bank, q="morelia") == [3, 4]
    assert ids(bank, q="city:morelia") == ids(bank, q='city:"nueva valladolid"') == [3, 4]
    assert public.public_city_names(bank)[OTHER] == "Nueva Valladolid"
    assert [one.text for one in complete_query(bank, "nueva vall", "es")] == ["Nueva Valladolid"]
    with bank.database.writing() as session:
        assert find_or_make_city(session, bank.vocabulary, "Nueva Valladolid", "MX") == OTHER
        assert find_or_make_city(session, bank.vocabulary, "MORELIA", None) == OTHER
    assert versions(bank) == [before[0], before[1], before[2] + 1, before[3] + 1]
    assert not check_bank(bank).faults
    editing.rename_city(bank, COORDINATOR, OTHER, "Morelia de Ejemplo")
    history = public.public_city_view(bank, OTHER).name_history
    assert [was["name"] for was in history] == ["Morelia", "Nueva Valladolid", "Morelia de Ejemplo"]
    assert dict(history[1]) == {"name": "Nueva Valladolid", "from": today, "to": today}


def test_a_misspelt_name_leaves_no_history_but_is_still_found(bank: Bank) -> None:
    editing.rename_city(bank, COORDINATOR, NEW, "Villa Nueva del Ejemplo", misspelt=True)
    assert public.public_city_view(bank, NEW).name_history == ()
    assert views.managed_city(bank, COORDINATOR, NEW).aliases == ("Villa Nueva",)
    with bank.database.writing() as session:
        assert find_or_make_city(session, bank.vocabulary, "villa nueva", "MX") == NEW


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\x00b", "«»", "Villa Nueva", "Morelia", "solidaridad"])
def test_a_name_that_can_not_be_is_refused(bank: Bank, name: str) -> None:
    with pytest.raises(Invalid):
        editing.rename_city(bank, COORDINATOR, NEW, name)
    with pytest.raises(Invalid):
        editing.add_alias(bank, COORDINATOR, NEW, name)
    assert acts(bank) == []
    assert public.public_city_view(bank, NEW).name == "Villa Nueva"


def test_two_cities_of_different_countries_may_be_called_alike(bank: Bank) -> None:
    editing.add_alias(bank, COORDINATOR, "es-sevilla", "Villa Nueva")
    with bank.database.writing() as session:
        assert find_or_make_city(session, bank.vocabulary, "Villa Nueva", "MX") == NEW
        assert find_or_make_city(session, bank.vocabulary, "Villa Nueva", "ES") == "es-sevilla"


def test_another_name_is_found_until_it_is_taken_away(bank: Bank) -> None:
    editing.add_alias(bank, COORDINATOR, NEW, "La Nueva")
    index(bank)
    assert ids(bank, q='city:"la nueva"') == ids(bank, city=NEW) == [1, 3]
    assert views.managed_city(bank, COORDINATOR, NEW).aliases == ("La Nueva",)
    editing.drop_alias(bank, COORDINATOR, NEW, "la nueva")
    index(bank)
    assert ids(bank, q='city:"la nueva"') == []
    for name in ("La Nueva", "Villa Nueva"):
        with pytest.raises(Invalid):
            editing.drop_alias(bank, COORDINATOR, NEW, name)
    assert not check_bank(bank).faults


def prepared(bank: Bank) -> None:
    """Gives the city that will go an event, a former name, and people who speak for it."""
    day = date(2026, 1, 1)
    editing.add_alias(bank, COORDINATOR, NEW, "La Nueva")
    with bank.database.writing() as session:
        user = session.scalars(select(User.id).where(User.folded == EDITOR)).one()
        session.add(Event(id="acto", kind="workshop", titles={}, start="2026", city_id=NEW, themes=[]))
        session.add(Membership(user_id=user, city_id=OTHER, since=day))
        session.add(Membership(user_id=user, city_id=NEW, since=day + timedelta(days=1), until=day + timedelta(days=9)))
        session.add(Membership(user_id=user, city_id=NEW, since=day - timedelta(days=1)))
        session.add(Membership(user_id=user, city_id=NEW, role="director", since=day))


def test_what_the_merger_will_do_is_told_in_exact_counts(bank: Bank) -> None:
    prepared(bank)
    told = merging.foresee_merger(bank, COORDINATOR, NEW, OTHER)
    assert (told.published, told.others, told.both, told.memberships, told.events) == (2, 1, 1, 3, 1)
    assert told.names == ("Villa Nueva", "La Nueva")
    assert places_of(bank, 1) == [NEW]


def test_a_merger_moves_all_that_hangs_on_the_city(bank: Bank) -> None:
    prepared(bank)
    before = versions(bank)
    merging.merge(bank, COORDINATOR, NEW, OTHER)
    index(bank)
    assert [places_of(bank, number) for number in (1, 2, 3, 4)] == [[OTHER], [OTHER], [OTHER, "mx-guanajuato"], [OTHER]]
    assert versions(bank) == [version + 1 for version in before]
    with bank.database.reading() as session:
        assert session.get_one(City, NEW).merged_into == OTHER
        assert session.get_one(Event, "acto").city_id == OTHER
        query = select(Membership.role, Membership.since).where(Membership.city_id == OTHER).order_by(Membership.id)
        assert [(role, since.isoformat()) for role, since in session.execute(query)] == [
            ("liaison", "2026-01-01"),
            ("liaison", "2025-12-31"),
            ("director", "2026-01-01"),
        ]
        assert not session.scalars(select(Membership).where(Membership.city_id == NEW)).all()
        assert not session.scalars(select(CityName).where(CityName.city_id == NEW)).all()
        told = session.scalars(select(Revision.fields).where(Revision.entry_id == 2)).all()
        assert ["city", "cities"] in [list(fields) for fields in told]
    done = acts(bank)[acts(bank).index("merge_city") :]
    assert sorted(done) == ["edit", "edit", "edit", "merge_city", "merge_city"]
    assert ids(bank, city=OTHER) == ids(bank, q='city:"la nueva"') == ids(bank, q="nueva") == [1, 3, 4]
    assert not check_bank(bank).faults


def test_the_leading_place_goes_to_the_city_that_stays(bank: Bank) -> None:
    merging.merge(bank, COORDINATOR, OTHER, "mx-guanajuato")
    assert places_of(bank, 3) == ["mx-guanajuato", NEW]
    with bank.database.reading() as session:
        assert session.get_one(EntryCity, (3, "mx-guanajuato")).position == 0


def test_who_asks_for_the_merged_city_gets_the_other(bank: Bank) -> None:
    merging.merge(bank, COORDINATOR, NEW, OTHER)
    index(bank)
    assert ids(bank, city=NEW) == ids(bank, city=OTHER) == ids(bank, q=f"city:{NEW}") == [1, 3, 4]
    found = search(bank, "", Filters(city=(NEW, OTHER)))
    assert [(one.value, one.count) for one in found.facets["city"] if one.selected] == [(OTHER, 3)]
    assert public.id_of_present_city(bank, NEW) == OTHER
    assert public.public_city_names(bank)[NEW] == "Morelia"
    assert NEW not in [city.id for city in public.public_city_views(bank)]
    with pytest.raises(NotFound):
        views.managed_city(bank, COORDINATOR, NEW)
    with bank.database.writing() as session:
        for name in (NEW, "Villa Nueva", OTHER):
            assert find_or_make_city(session, bank.vocabulary, name, "MX") == OTHER


def test_a_chain_of_mergers_leads_to_its_end(bank: Bank) -> None:
    merging.merge(bank, COORDINATOR, NEW, OTHER)
    merging.merge(bank, COORDINATOR, OTHER, "mx-guanajuato")
    index(bank)
    for id in (NEW, OTHER, "mx-guanajuato"):
        assert public.id_of_present_city(bank, id) == "mx-guanajuato"
        assert ids(bank, city=id) == [1, 3, 4]
    assert places_of(bank, 3) == ["mx-guanajuato"]
    assert not {NEW, OTHER} & {city.id for city in public.public_city_views(bank)}
    assert views.managed_city(bank, COORDINATOR, "mx-guanajuato").merged == (OTHER, NEW)
    with bank.database.writing() as session:
        assert find_or_make_city(session, bank.vocabulary, "Morelia, Michoacán", None) == "mx-guanajuato"


def test_a_merger_with_itself_or_with_what_is_merged_is_refused(bank: Bank) -> None:
    merging.merge(bank, COORDINATOR, NEW, OTHER)
    before = acts(bank)
    for id, into, failure in (
        (OTHER, OTHER, Invalid),
        (OTHER, NEW, NotFound),
        (NEW, OTHER, NotFound),
        (NEW, "mx-leon", NotFound),
        (OTHER, "nowhere", NotFound),
        ("nowhere", OTHER, NotFound),
    ):
        for act in (merging.merge, merging.foresee_merger):
            with pytest.raises(failure):
                act(bank, COORDINATOR, id, into)
    assert acts(bank) == before


def test_a_newer_version_of_the_program_brings_no_merged_city_back(bank: Bank) -> None:
    merging.merge(bank, COORDINATOR, "mx-leon", OTHER)
    with bank.database.reading() as session:
        namespace = info.read_info(session, "namespace")
    assert found_bank(bank.database, bank.vocabulary, "another version") == namespace
    with bank.database.reading() as session:
        assert session.get_one(City, "mx-leon").merged_into == OTHER
        assert not session.scalars(select(CityName).where(CityName.city_id == "mx-leon")).all()
        assert not session.scalars(select(Event).where(Event.city_id == "mx-leon")).all()


def test_what_only_the_merged_city_knew_is_kept(bank: Bank) -> None:
    with bank.database.writing() as session:
        session.get_one(City, NEW).roles = [{"role": "coordinacion-remce", "from": "2020"}]
        session.get_one(City, NEW).name_history = [{"name": "Vieja", "to": "1900"}, {"name": "Villa Nueva"}]
    merging.merge(bank, COORDINATOR, NEW, "es-sevilla")
    view = public.public_city_view(bank, "es-sevilla")
    assert view.country == "ES"
    assert [dict(role) for role in view.roles][-1:] == [{"role": "coordinacion-remce", "from": "2020"}]
    assert [dict(was) for was in view.name_history][:1] == [{"name": "Vieja", "to": "1900"}]
