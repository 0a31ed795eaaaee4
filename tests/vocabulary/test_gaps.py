"""A gap in the data files is refused with the file, the id and the field that it is in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bank.errors import Damaged
from bank.vocabulary import check_vocabulary, load_vocabulary

Spoil = Callable[[str, str, str], Path]

GAPS = [
    # file, what stands there, what is put in its place, (id, field) of the fault
    ("principles.toml", 'labels.pt = "Acesso à cultura"\n', "", ("4", "labels.pt")),
    ("principles.toml", 'labels.en = "The commitment of the city"\n', "", ("B", "labels.en")),
    ("principles.toml", 'summaries.es = "Toda persona', 'abstract.es = "Toda persona', ("1", "summaries.es")),
    ("principles.toml", 'labels.es = "Sostenibilidad"', 'labels.es = ""', ("13", "labels.es")),
    ("principles.toml", "from_2004 = [9]", "from_2004 = [21]", ("8", "from_2004")),
    ("principles.toml", "from_2004 = [9]", "", ("8", "from_2004")),
    ("principles.toml", 'section = "A"', 'section = "C"', ("1", "section")),
    ("principles.toml", "number = 2\n", "number = 1\n", ("1", "number")),
    ("principles.toml", 'sdgs = ["16.7", "11.3"]', 'sdgs = ["18"]', ("8", "sdgs")),
    ("principles-2004.toml", "heirs = [3, 4]\n", "", ("2", "heirs")),
    ("principles-2004.toml", "heirs = [3, 4]", "heirs = [3]", ("2", "heirs")),
    ("principles-2004.toml", "heirs = [3, 4]", "heirs = [3, 24]", ("2", "heirs")),
    ("themes.toml", 'labels.en = "Youth"\n', "", ("juventud", "labels.en")),
    ("themes.toml", 'maps_to = "cultura"', 'maps_to = "kultur"', ("identidad-patrimonio", "maps_to")),
    ("themes.toml", 'maps_to = "cultura"', 'maps_to = "rezago-educativo"', ("identidad-patrimonio", "maps_to")),
    ("themes.toml", 'maps_to = "cultura"\n', "", ("identidad-patrimonio", "maps_to")),
    ("themes.toml", "principles = [13, 11]", "principles = [13, 31]", ("medio-ambiente", "principles")),
    ("themes.toml", 'id = "juventud"', 'id = "infancia"', ("infancia", "id")),
    ("themes.toml", 'labels.es = "Juventud"', 'labels.es = "Infancia"', ("juventud", "labels")),
    ("themes.toml", 'other_labels.fr = "Jeunesse"\n', "", ("juventud", "other_labels.fr")),
    ("groups.toml", 'other_labels.ca = "Dones"\n', "", ("mujeres", "other_labels.ca")),
    ("themes.toml", 'names.pt = ["jovens"]', 'names.de = ["Jugend"]', ("juventud", "names.de")),
    ("themes.toml", 'names.pt = ["jovens"]', "names.pt = []", ("juventud", "names.pt")),
    ("themes.toml", 'names.pt = ["jovens"]', 'names.pt = ["Infancia"]', ("juventud", "labels")),
    ("themes.toml", "bank = true", 'bank = "yes"', ("medio-ambiente", "bank")),
    ("sdgs.toml", 'iri = "http://metadata.un.org/sdg/5"\n', "", ("5", "iri")),
    ("groups.toml", 'labels.pt = "Mulheres"\n', "", ("mujeres", "labels.pt")),
    ("kinds.toml", 'labels.en = "Bulletin"\n', "", ("bulletin", "labels.en")),
    ("kinds.toml", 'coar = "c_2cd9"\n', "", ("bulletin", "coar")),
    ("fields.toml", 'type = "longtext"', 'type = "essay"', ("summary", "type")),
    ("fields.toml", 'group = "identity"', 'group = "identities"', ("title", "group")),
    ("fields.toml", 'kinds = ["experience"]', 'kinds = ["experiment"]', ("start_year", "kinds")),
    ("fields.toml", 'vocabulary = "theme"', 'vocabulary = "topic"', ("themes", "vocabulary")),
    ("fields.toml", 'labels.pt = "Em pausa"\n', "", ("state", "choices.paused.labels.pt")),
    ("fields.toml", 'visible = "public"\n', "", ("title", "visible")),
    ("fields.toml", '"Subtítulo",', '"Título",', ("subtitle", "aliases")),
    ("fields.toml", 'aliases = [', 'aliases = [3,', ("title", "aliases")),
    ("criteria.toml", 'labels.pt = "Alcance"\n', "", ("scope", "labels.pt")),
    ("criteria.toml", 'fields = ["partners"', 'fields = ["partner"', ("civil-society", "fields")),
    ("licences.toml", 'labels.es = "Dominio público"\n', "", ("public-domain", "labels.es")),
    ("cities.toml", 'country = "KR"', 'country = "XY"', ("kr-gunsan", "country")),
    ("cities.toml", 'subdivision = "MX-CHH"', 'subdivision = "MX-XXX"', ("mx-chihuahua", "subdivision")),
    ("cities.toml", "latitude = 28.6368", "latitude = 128.6368", ("mx-chihuahua", "latitude")),
    ("cities.toml", 'aliases = ["Tlaquepaque"]', 'aliases = ["Tlaquepaque", 3]', ("mx-tlaquepaque", "aliases")),
    ("cities.toml", 'name = "Salvatierra"', 'name = "Purísima"', ("mx-salvatierra", "aliases")),
    ("cities.toml", 'role = "tesoreria-remce"', 'role = "tesoro"', ("mx-zacatecas", "roles")),
    ("cities.toml", 'to = "2025-03-20"', 'to = "marzo de 2025"', ("mx-playa-del-carmen", "name_history.1.to")),
    ("events.toml", 'city = "mx-cdmx"', 'city = "mx-atlantis"', ("eleccion-coordinacion-2018", "city")),
    ("events.toml", 'kind = "election"', 'kind = "party"', ("eleccion-coordinacion-2018", "kind")),
    ("events.toml", 'end = "2018-11-16"', 'end = "2018-11-06"', ("congreso-cascais-2018", "end")),
    ("events.toml", 'start = "2019-04"', 'start = "2019-14"', ("congreso-nacional-2019", "start")),
    ("events.toml", 'themes = ["gobernanza', 'themes = ["x', ("eleccion-coordinacion-2018", "themes")),
    ("calls/bidce.toml", 'labels.fr = "Identification"\n', "", ("bidce", "sections.identification.labels.fr")),
    ("calls/bidce.toml", 'labels.fr = "Pays"\n', "", ("bidce", "sections.identification.fields.4.labels.fr")),
    ("calls/bidce.toml", 'field = "country"', 'field = "planet"', ("bidce", "field")),
    ("calls/bidce.toml", 'field = "subtitle"', 'field = "title"', ("bidce", "field")),
    ("calls/bidce.toml", 'labels.fr = "Manquant : {field}"\n', "", ("bidce", "notices.missing.labels.fr")),
    ("calls/bidce.toml", "Manquant : {field}", "Manquant : {champ}", ("bidce", "notices.missing.labels.fr")),
    ("calls/bidce.toml", "Manquant : {field}", "Manquant : {field", ("bidce", "notices.missing.labels.fr")),
    ("calls/bidce.toml", 'id = "long"', 'id = "missing"', ("bidce", "notices.long")),
    ("calls/bidce.toml", "limit_words = 100", "limit_words = 0", ("bidce", "sections.summary.fields.1.limit_words")),
    ("calls/bidce.toml", 'id = "bidce"', 'id = "bidcee"', ("bidcee", "id")),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place"), GAPS, ids=[f"{gap[0]}-{'-'.join(gap[3])}" for gap in GAPS])
def test_a_gap_is_refused_with_its_file_id_and_field(
    spoil: Spoil, file: str, old: str, new: str, place: tuple[str, str]
) -> None:
    folder = spoil(file, old, new)

    assert (file, *place) in [(fault.file, fault.id, fault.field) for fault in check_vocabulary(folder)]
    with pytest.raises(Damaged) as raised:
        load_vocabulary(folder)
    assert file in str(raised.value)


def test_the_copied_data_is_whole_before_it_is_spoilt(folder: Path) -> None:
    assert check_vocabulary(folder) == ()
    assert load_vocabulary(folder) == load_vocabulary()


def test_every_fault_is_found_in_one_check(spoil: Spoil) -> None:
    spoil("groups.toml", 'labels.pt = "Mulheres"\n', "")
    folder = spoil("themes.toml", 'labels.en = "Youth"\n', "")

    assert sorted(str(fault) for fault in check_vocabulary(folder)) == [
        "groups.toml: mujeres has no labels.pt.",
        "themes.toml: juventud has no labels.en.",
    ]


def test_a_misspelt_field_is_told_and_not_passed_over(spoil: Spoil) -> None:
    folder = spoil("groups.toml", "aliases = [", "alliases = [")

    assert str(check_vocabulary(folder)[0]) == "groups.toml: poblacion-general: the bank knows no field alliases."


def test_a_label_in_a_language_that_is_not_shown_has_no_place_among_the_labels(spoil: Spoil) -> None:
    folder = spoil("groups.toml", 'labels.en = "Women"\n', 'labels.en = "Women"\nlabels.fr = "Femmes"\n')

    assert str(check_vocabulary(folder)[0]) == "groups.toml: mujeres: the bank knows no field labels.fr."


@pytest.mark.parametrize("file", ["themes.toml", "calls/bidce.toml"])
def test_a_file_that_is_no_toml_is_told(folder: Path, file: str) -> None:
    (folder / file).write_text("[[themes\n", "utf-8")

    fault = check_vocabulary(folder)[0]

    assert (fault.file, "can't be read" in str(fault)) == (file, True)


def test_an_absent_file_is_told(folder: Path) -> None:
    (folder / "sdgs.toml").unlink()

    assert "sdgs.toml" in {fault.file for fault in check_vocabulary(folder)}


def test_an_empty_list_is_told(folder: Path) -> None:
    (folder / "events.toml").write_text("events = []\n", "utf-8")

    assert str(check_vocabulary(folder)[0]) == "events.toml: events has no events."


def test_a_folder_without_calls_is_told(folder: Path) -> None:
    (folder / "calls" / "bidce.toml").unlink()

    assert "calls" in {fault.file for fault in check_vocabulary(folder)}
