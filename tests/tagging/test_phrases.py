"""Cues of the vocabularies, met in texts of any language."""

from bank.search.analysis import stem
from bank.tagging.phrases import build_cue_index
from bank.vocabulary import load_vocabulary


def met(vocabulary: str, text: str) -> set[tuple[str, str]]:
    found = build_cue_index(load_vocabulary().vocabularies()[vocabulary], stem).met(text)
    return {(one.cue.term, one.cue.phrase) for one in found}


def test_a_cue_is_met_without_its_accents_and_in_the_plural() -> None:
    assert ("8", "presupuesto participativo") in met("principle", "Los PRESUPUESTOS PARTICIPATIVOS del barrio")
    assert ("7", "brecha digital") in met("principle", "reducir la brecha  digital")
    assert ("17", "cohesión social") in met("principle", "más cohesion social")


def test_a_phrase_hides_the_words_inside_it() -> None:
    found = met("theme", "formación en igualdad de género")
    assert ("genero", "igualdad de género") in found
    assert ("genero", "género") not in found


def test_labels_in_all_five_languages_are_cues() -> None:
    for text in (
        "L'accés a la cultura és un dret",
        "L'accès à la culture est un droit",
        "O acesso à cultura é um direito",
        "Access to culture is a right",
    ):
        assert "4" in {term for term, _ in met("principle", text)}, text
