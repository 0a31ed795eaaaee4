"""What the shipped data says."""

from datetime import date

from bank.vocabulary import CHARTER_VERSION, Vocabulary, check_vocabulary, load_vocabulary


def test_the_shipped_data_has_no_fault() -> None:
    assert check_vocabulary() == ()


def test_loading_twice_gives_the_same_object() -> None:
    assert load_vocabulary() is load_vocabulary()


def test_there_are_twenty_principles_in_three_sections(vocabulary: Vocabulary) -> None:
    assert CHARTER_VERSION == "2020"
    assert [principle.facts.number for principle in vocabulary.principles] == list(range(1, 21))
    assert [(section.id, section.facts.first, section.facts.last) for section in vocabulary.sections] == [
        ("A", 1, 5),
        ("B", 6, 13),
        ("C", 14, 20),
    ]


def test_every_principle_has_a_title_and_a_summary_in_three_languages(vocabulary: Vocabulary) -> None:
    assert vocabulary.principles
    for principle in vocabulary.principles:
        assert set(principle.labels) == set(principle.facts.summaries) == {"es", "en", "pt"}
        assert set(principle.other_labels) == {"fr", "ca"}


def test_unverified_titles_are_not_shown(vocabulary: Vocabulary) -> None:
    thirteen = vocabulary.get("principle", "13")

    assert thirteen is not None
    assert thirteen.label("fr") == thirteen.label("es") == "Sostenibilidad"


def test_the_crosswalk_leads_from_2004_to_2020(vocabulary: Vocabulary) -> None:
    assert vocabulary.heirs(2) == (3, 4)
    assert vocabulary.heirs(9) == (8,)
    assert vocabulary.heirs(11) == (13, 14)
    assert vocabulary.heirs(21) == ()
    assert [old.facts.partly for old in vocabulary.principles_2004 if old.facts.number == 8] == [(10, 13)]


def test_thirteen_of_29_themes_are_headings_of_the_bank(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.themes) == 29
    assert [theme.id for theme in vocabulary.themes if theme.facts.bank] == [
        "medio-ambiente", "igualdad-oportunidades", "infancia", "juventud", "personas-mayores", "genero", "cultura",
        "convivencia-paz", "participacion-ciudadana", "inclusion-social", "vida-saludable", "deporte",
        "urbanismo-espacio-publico",
    ]  # fmt: skip


def test_a_theme_is_exported_under_its_heading(vocabulary: Vocabulary) -> None:
    def heading(theme: str) -> str | None:
        found = vocabulary.bank_theme(theme)
        return found.id if found else None

    assert heading("identidad-patrimonio") == "cultura"
    assert heading("cultura") == "cultura"
    assert heading("nothing") is None


def test_goals_have_the_identifiers_of_the_united_nations(vocabulary: Vocabulary) -> None:
    assert [sdg.facts.iri for sdg in vocabulary.sdgs] == [f"http://metadata.un.org/sdg/{n}" for n in range(1, 18)]


def test_eight_fields_suffice_to_publish_any_kind(vocabulary: Vocabulary) -> None:
    assert vocabulary.kinds
    for kind in vocabulary.kinds:
        required = {spec.id for spec in kind.facts.fields if spec.required}
        assert required == {"title", "city", "start_year", "summary", "themes", "principles", "contact", "licence"}


def test_kinds_ask_for_what_belongs_to_them(vocabulary: Vocabulary) -> None:
    experience, bulletin = vocabulary.kind("experience"), vocabulary.kind("bulletin")

    assert experience is not None
    assert bulletin is not None
    assert experience.facts.field("methodology") is not None
    assert bulletin.facts.field("methodology") is None
    assert bulletin.facts.field("series") is not None
    assert [kind.facts.field("start_year").label("es") for kind in (experience, bulletin)] == ["Año de inicio", "Año"]  # type: ignore[union-attr]
    assert bulletin.facts.coar_iri == "http://purl.org/coar/resource_type/c_2cd9"


def test_a_named_person_and_the_mayors_letter_are_seen_by_the_network_only(vocabulary: Vocabulary) -> None:
    experience = vocabulary.kind("experience")

    assert experience is not None
    hidden = {spec.id for spec in experience.facts.fields if spec.visible == "network"}
    assert hidden == {"contact_person", "contact_phone", "mayor_letter"}


def test_one_licence_is_proposed(vocabulary: Vocabulary) -> None:
    assert [licence.id for licence in vocabulary.licences if licence.facts.proposed] == ["CC-BY-4.0"]


def test_seventeen_cities_are_in_the_networks_list(vocabulary: Vocabulary) -> None:
    assert sum(city.member for city in vocabulary.cities) == 17
    assert {city.country for city in vocabulary.cities if city.member} == {"MX"}


def test_a_renamed_city_keeps_its_former_name(vocabulary: Vocabulary) -> None:
    city = vocabulary.city("mx-playa-del-carmen")

    assert city is not None
    assert city.name_history[0] == {"name": "Solidaridad", "to": "2025-03-20"}
    assert "Solidaridad" in city.names


def test_events_know_their_time_and_place(vocabulary: Vocabulary) -> None:
    meeting, workshop = vocabulary.event("encuentro-mexico-15"), vocabulary.event("taller-introduccion-morelia")

    assert meeting is not None
    assert workshop is not None
    assert (meeting.start, meeting.end, meeting.city) == ("2023-09-20", "2023-09-22", "mx-playa-del-carmen")
    assert (meeting.certain, workshop.certain, workshop.year) == (True, False, 2019)


def test_there_are_six_award_editions_and_every_full_date_is_a_day(vocabulary: Vocabulary) -> None:
    awards = [event.year for event in vocabulary.events if event.kind == "award"]

    assert awards == [2016, 2018, 2020, 2022, 2024, 2026]
    for event in vocabulary.events:
        for moment in (event.start, event.end):
            assert moment is None or len(moment) < 10 or date.fromisoformat(moment) > date.min


def test_the_banks_form_is_in_four_languages_and_begins_with_the_title(vocabulary: Vocabulary) -> None:
    call = vocabulary.calls["bidce"]

    assert call.languages == ("es", "en", "fr", "pt")
    assert call.fields[0].field == "title"
    assert (call.fields[0].label("fr"), call.fields[0].limit_characters) == ("Titre de l'expérience", 150)
    assert not call.confirmed


def test_a_form_asks_for_every_field_that_is_needed_to_publish(vocabulary: Vocabulary) -> None:
    experience = vocabulary.kind("experience")

    assert experience is not None
    needed = {spec.id for spec in experience.facts.fields if spec.required}
    assert needed <= {line.field for line in vocabulary.calls["bidce"].fields if line.required}


def test_labels_of_unknown_terms_are_their_ids(vocabulary: Vocabulary) -> None:
    assert vocabulary.label("theme", "cultura", "en") == "Culture"
    assert vocabulary.label("theme", "xyz", "en") == "xyz"
    assert vocabulary.label("nothing", "xyz", "en") == "xyz"
    assert vocabulary.label("role", "tesoreria-remce", "en") == "Treasury of the Mexican network"


def test_public_lists_have_the_names_of_the_api(vocabulary: Vocabulary) -> None:
    counts = {name: len(vocabulary.terms(name)) for name in ("principles", "themes", "sdgs", "groups", "kinds")}

    assert counts == {"principles": 20, "themes": 29, "sdgs": 17, "groups": 19, "kinds": 9}


def test_the_jury_has_six_criteria_that_an_experience_can_answer(vocabulary: Vocabulary) -> None:
    assert [criterion.id for criterion in vocabulary.criteria] == [
        "relevance", "impact", "scope", "local-government", "civil-society", "innovation-transfer",
    ]  # fmt: skip
    assert all(criterion.label("pt") and criterion.advice("ca") for criterion in vocabulary.criteria)
