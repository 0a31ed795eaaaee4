"""A language that entries are analysed in has all that it needs."""

from collections.abc import Mapping
from importlib import import_module

import pytest
from babel import Locale

from bank.ingest.labelled.dates import MONTH_NAMES, single_date
from bank.languages import ANALYSED_LANGUAGES, INTERFACE_LANGUAGES, LANGUAGE_TABLES, UNKNOWN_LANGUAGE, language_name
from bank.search.analysis import stem
from bank.search.stopwords import STOP_WORDS
from bank.tagging.ordinals import ORDINALS
from bank.vocabulary import load_vocabulary
from bank.vocabulary.profiles import load_profiles


def lacking(place: str, languages: tuple[str, ...] = ANALYSED_LANGUAGES) -> list[str]:
    """A sentence for each language that the table at a place has nothing for."""
    module, _, table = place.partition(":")
    held: Mapping[str, object] = getattr(import_module(module), table)
    return [f"{place} lacks {LANGUAGE_TABLES[place]} in {code}" for code in languages if not held.get(code)]


@pytest.mark.parametrize("place", LANGUAGE_TABLES)
def test_every_table_holds_every_language_that_is_analysed(place: str) -> None:
    assert lacking(place) == []


@pytest.mark.parametrize("place", LANGUAGE_TABLES)
def test_a_language_that_nobody_has_provided_for_is_told_with_what_it_lacks(place: str) -> None:
    assert lacking(place, ("xx",)) == [f"{place} lacks {LANGUAGE_TABLES[place]} in xx"]


@pytest.mark.parametrize("language", ANALYSED_LANGUAGES)
def test_every_language_has_twelve_months_and_twenty_ordinals(language: str) -> None:
    assert (len(MONTH_NAMES[language]), len(ORDINALS[language])) == (12, 20)
    said = [months.split()[0] for months in MONTH_NAMES[language]]
    assert [single_date(f"{month} 2021") for month in said] == [f"2021-{number:02}" for number in range(1, 13)]


@pytest.mark.parametrize("language", ANALYSED_LANGUAGES)
def test_every_language_can_be_stemmed_and_has_names_of_countries(language: str) -> None:
    assert stem("educa", language)
    assert STOP_WORDS[language] <= STOP_WORDS[UNKNOWN_LANGUAGE]
    assert "MX" in Locale.parse(language).territories
    assert {language_name(code, language) for code in ANALYSED_LANGUAGES}.isdisjoint(ANALYSED_LANGUAGES)


@pytest.mark.parametrize("language", ANALYSED_LANGUAGES)
def test_every_term_is_recognised_in_every_language_and_has_an_example_in_it(language: str) -> None:
    vocabulary, profiles = load_vocabulary(), load_profiles()
    for one in ("principle", "theme", "sdg", "group"):
        for term in vocabulary.vocabularies()[one]:
            assert language in (term.labels if language in INTERFACE_LANGUAGES else term.other_labels), (one, term.id)
    for one, passages in profiles.passages.items():
        there = {passage.term for passage in passages if passage.language == language}
        assert there == {term.id for term in vocabulary.vocabularies()[one]}
