import os
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.catalogue import files
from bank.catalogue.tables import Entry
from bank.errors import NotFound
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.files.quota import NETWORK_QUOTA_REACHED
from bank.workflow.imports.files import import_file, import_files
from bank.workflow.imports.values import ImportWishes
from tests.ingest.making_pdfs import lines, pdf
from tests.making_files import markdown
from tests.workflow.conftest import Publish

FRONT = """kind: experiencia
ciudad: Leon Gto.
ciudades: [Solidaridad, Villa Inventada]
pais: MX
fecha: 2019-04
temas: [Medio ambiente, genero]
principios: [13, "Espacio público habitable"]
ods: [4]
resumen: Un resumen breve.
licencia: CC-BY-4.0"""


def test_front_matter_fills_the_entry(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    path = markdown(
        tmp_path, "a.md", title="Huertos: una prueba", front=FRONT, sections=[("Uno", "Texto de la primera parte.")]
    )
    taken = publish(path)
    assert (taken.status, taken.flags) == ("read", ("incomplete",))
    view = public.published_entry(bank, taken.entry or 0)
    assert view.card.titles == {"es": "Huertos: una prueba"}
    assert view.card.summaries == {"es": "Un resumen breve."}
    assert [city.id for city in view.card.cities] == ["mx-leon", "mx-playa-del-carmen", "mx-villa-inventada"]
    assert [city.verified for city in view.card.cities] == [True, True, False]
    assert [(tag.term, tag.charter, tag.primary) for tag in view.card.principles] == [
        ("13", "2020", True),
        ("11", "2020", False),
    ]
    assert [tag.term for tag in view.card.themes] == ["medio-ambiente", "genero"]
    assert (view.card.kind, view.card.year, view.files[0].licence) == ("experience", 2019, "CC-BY-4.0")
    assert view.missing == ("contact",)


def test_a_year_from_metadata_is_only_proposed(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    path = tmp_path / "huertos.pdf"
    path.write_bytes(pdf(info="<</CreationDate(D:20190514120000Z)>>"))
    taken = publish(path)
    assert (taken.year, taken.guessed_year, taken.language) == (None, 2019, "und")
    card = public.published_entry(bank, taken.entry or 0).card
    assert (card.year, card.titles) == (None, {"und": taken.title})
    with bank.database.reading() as session:
        entry = session.get_one(Entry, taken.entry)
        assert (entry.year, entry.date) == (None, None)
        assert entry.proposed["start_year"]["value"] == 2019
        assert entry.proposed["start_year"]["doubtful"] is True
        assert entry.proposed["title"]["source"] == "text"


def test_a_printed_date_is_the_entrys(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "huertos.pdf"
    shown = lines(["Plan de huertos", "Villa Ejemplo, 3 de mayo de 2021", "La ciudad convoca a todas las familias."])
    path.write_bytes(pdf(shown, info="<</CreationDate(D:20240514120000Z)>>"))
    taken = import_file(bank, path)
    with bank.database.reading() as session:
        entry = session.get_one(Entry, taken.entry)
        assert (taken.year, taken.guessed_year, entry.date) == (2021, None, "2021-05-03")
        assert entry.proposed["start_year"]["text"] == "Villa Ejemplo, 3 de mayo de 2021"


def test_a_span_of_years_is_the_period_of_an_experience(bank: Bank, tmp_path: Path) -> None:
    front = "kind: experience\ndate: 2019-2021"
    taken = import_file(bank, markdown(tmp_path, "a.md", title="Prueba", front=front, sections=[("Uno", "Texto.")]))
    with bank.database.reading() as session:
        entry = session.get_one(Entry, taken.entry)
        assert (entry.year, entry.fields["period"]) == (2019, {"from": "2019", "to": "2021"})


def test_a_title_under_its_own_label_goes_before_all_but_what_somebody_gave(bank: Bank, tmp_path: Path) -> None:
    text = "NOMBRE DE LA EXPERIENCIA: Huertos de barrio\n\nRESUMEN: Cada escuela cuida un huerto."
    (tmp_path / "a.md").write_text(f"# Formulario\n\n{text}\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"---\ntitle: Otro\n---\n# Formulario\n\n{text}\n", encoding="utf-8")
    assert import_file(bank, tmp_path / "a.md").title == "Huertos de barrio"
    assert import_file(bank, tmp_path / "b.md").title == "Otro"


def test_a_label_that_no_vocabulary_knows_is_told_and_nothing_is_made_of_it(
    bank: Bank, publish: Publish, tmp_path: Path
) -> None:
    path = markdown(tmp_path, "a.md", title="Prueba", front="themes: [Astrología]", sections=[("Uno", "Texto.")])
    taken = publish(path)
    assert taken.status == "warning"
    assert taken.unknown == ("Astrología",)
    assert public.published_entry(bank, taken.entry or 0).card.themes == ()


def test_the_same_bytes_twice_are_told_and_stored_once(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    first = publish(markdown(tmp_path / "a", "a.md", title="Prueba", sections=[("Uno", "Texto.")]))
    again = publish(markdown(tmp_path / "b", "otro.md", title="Prueba", sections=[("Uno", "Texto.")]))
    assert (again.status, again.entry) == ("duplicate", first.entry)
    assert len(list(bank.uploads.digests())) == 1
    assert public.stats(bank).entries == 1


def test_a_refused_file_leaves_nothing_behind(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    path = tmp_path / "programa.pdf"
    path.write_bytes(b"MZ" + bytes(200))
    taken = publish(path)
    assert taken.status == "refused"
    assert taken.entry is None
    assert taken.sentence
    assert list(bank.uploads.digests()) == []


def test_a_path_that_is_not_there_is_refused_with_a_sentence(bank: Bank, tmp_path: Path) -> None:
    taken = import_file(bank, tmp_path / "nada.pdf")
    assert (taken.status, bool(taken.sentence)) == ("refused", True)


def test_a_file_that_cannot_be_read_stays_as_a_draft_with_its_original(
    bank: Bank, publish: Publish, tmp_path: Path
) -> None:
    path = tmp_path / "roto.pdf"
    path.write_bytes(b"%PDF-1.4\n" + b"nothing of use " * 50)
    taken = publish(path)
    assert taken.status == "failed"
    assert taken.entry is not None
    assert len(list(bank.uploads.digests())) == 1
    with pytest.raises(NotFound):
        public.published_entry(bank, taken.entry)


def test_without_publish_an_entry_stays_a_draft_that_nobody_sees(bank: Bank, tmp_path: Path) -> None:
    path = markdown(tmp_path, "a.md", title="Borrador", sections=[("Uno", "canario secreto")])
    taken = import_file(bank, path, ImportWishes(city="mx-leon"))
    assert taken.entry is not None
    for question in (
        lambda: public.published_entry(bank, taken.entry or 0),
        lambda: public.published_page(bank, taken.entry or 0, 1, 1),
        lambda: public.published_original(bank, taken.entry or 0, 1),
        lambda: public.thumbnail_path(bank, taken.entry or 0, 1),
    ):
        with pytest.raises(NotFound):
            question()
    assert public.stats(bank).entries == 0
    assert public.public_city_view(bank, "mx-leon").entries == 0
    assert list(public.published_changes(bank)) == []


def test_a_city_whose_name_is_unknown_is_made_once_and_found_again(
    bank: Bank, publish: Publish, tmp_path: Path
) -> None:
    for number, name in enumerate(("Ciudad Inventada", "ciudad  inventada", "CIUDAD INVENTADA")):
        front = f"city: {name!r}\ncountry: AR"
        publish(
            markdown(
                tmp_path, f"{number}.md", title=f"Prueba {number}", front=front, sections=[("Uno", f"Texto {number}.")]
            )
        )
    made = [city for city in public.public_city_views(bank) if not city.verified]
    assert [(city.id, city.country, city.entries) for city in made] == [("ar-ciudad-inventada", "AR", 3)]


def test_a_country_that_does_not_fit_a_known_city_makes_another_city(
    bank: Bank, publish: Publish, tmp_path: Path
) -> None:
    front = "city: León\ncountry: ES"
    taken = publish(markdown(tmp_path, "a.md", title="Prueba", front=front, sections=[("Uno", "Texto.")]))
    assert public.published_entry(bank, taken.entry or 0).card.cities[0].id == "es-leon"


def test_a_file_name_that_is_no_utf8_is_kept_as_people_read_it(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    source = markdown(tmp_path, "a.md", title="Prueba", sections=[("Uno", "Texto.")])
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/informaci\xf3n.md"))
    source.rename(path)
    taken = publish(path)
    assert public.published_entry(bank, taken.entry or 0).files[0].name == "información.md"


def test_what_is_no_regular_file_is_refused_without_waiting_for_it(bank: Bank, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    assert import_file(bank, pipe).status == "refused"
    assert import_file(bank, Path("/dev/zero")).status == "refused"


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings: Settings, tmp_path: Path) -> None:
    small = open_bank(settings.model_copy(update={"max_upload_mb": 1}))
    path = tmp_path / "grande.pdf"
    with path.open("wb") as stream:
        stream.truncate(2 * 1024 * 1024)
    taken = import_file(small, path)
    assert (taken.status, taken.values) == ("refused", {"limit": 1})
    small.database.close()


def test_what_the_operator_brings_has_to_fit_into_the_networks_room(settings: Settings, tmp_path: Path) -> None:
    narrow = open_bank(settings.model_copy(update={"quota_mb": 1}))
    long = "Una frase de relleno. " * 30_000
    first, second = (
        markdown(tmp_path, f"{number}.md", title=f"Prueba {number}", sections=[("Uno", long)]) for number in (1, 2)
    )
    assert import_file(narrow, first).status == "read"
    refused = import_file(narrow, second)
    assert (refused.status, refused.sentence) == ("refused", NETWORK_QUOTA_REACHED)
    assert len(list(narrow.uploads.digests())) == 1
    assert import_file(narrow, first).status == "duplicate"
    narrow.database.close()


def test_a_file_without_room_is_refused_and_the_next_that_fits_is_taken(settings: Settings, tmp_path: Path) -> None:
    narrow = open_bank(settings.model_copy(update={"quota_mb": 1}))
    long, short = "Una frase de relleno. " * 30_000, "Una frase corta."
    sent = [
        markdown(tmp_path, f"{number}.md", title=f"Prueba {number}", sections=[("Uno", text)])
        for number, text in enumerate((long, long, short))
    ]
    taken = [outcome.status for _, outcome in import_files(narrow, sent, ImportWishes())]
    assert sorted(taken[:2]) == ["read", "refused"], "two are read at the same time: either may come first"
    assert taken[2] == "read"
    narrow.database.close()


def test_personal_data_in_what_the_operator_brings_are_told_by_page(bank: Bank, tmp_path: Path) -> None:
    text = "Escriba a persona.ficticia@gmail.com para más informes."
    import_file(bank, markdown(tmp_path, "a.md", title="Prueba", sections=[("Uno", text)]))
    with bank.database.reading() as session:
        [file] = files.files_with_digests(session, bank.uploads.digests())
    assert [(one["kind"], one["page"], one["count"]) for one in file.personal] == [("mail", 1, 1)]


def test_a_city_that_only_a_draft_names_is_seen_by_nobody(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    front = "city: Villa Secreta\ncountry: MX"
    import_file(bank, markdown(tmp_path, "a.md", title="Borrador", front=front, sections=[("Uno", "Texto.")]))
    assert "Villa Secreta" not in {city.name for city in public.public_city_views(bank)}
    with pytest.raises(NotFound):
        public.public_city_view(bank, "mx-villa-secreta")
    publish(markdown(tmp_path, "b.md", title="Pública", front=front, sections=[("Uno", "Otro texto.")]))
    assert public.public_city_view(bank, "mx-villa-secreta").entries == 1


def test_a_lost_original_is_not_found_and_its_text_still_is(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    taken = publish(markdown(tmp_path, "a.md", title="Prueba", sections=[("Uno", "Texto que queda.")]))
    original = public.published_original(bank, taken.entry or 0, 1)
    original.path.chmod(0o640)
    original.path.write_bytes(b"short")
    with pytest.raises(NotFound, match="missing or damaged"):
        public.published_original(bank, taken.entry or 0, 1)
    original.path.unlink()
    with pytest.raises(NotFound, match="missing or damaged"):
        public.published_original(bank, taken.entry or 0, 1)
    assert "Texto que queda" in public.published_page(bank, taken.entry or 0, 1, 1).text
