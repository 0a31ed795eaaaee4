"""Terms are recognised however people write them, and nothing else is taken for one."""

import pytest

from bank.vocabulary import Vocabulary, fold_text
from bank.vocabulary.folding import fold_abbreviation, fold_label


@pytest.mark.parametrize(
    ("vocabulary_name", "text", "found"),
    [
        ("principle", "8", "8"),
        ("principle", "08", "8"),
        ("principle", "Principio 8", "8"),
        ("principle", "principio n.º 8", "8"),
        ("principle", "Princípio 8", "8"),
        ("principle", "Principle 8", "8"),
        ("principle", "8. Gobernanza y participación ciudadana", "8"),
        ("principle", "Principle 13: Sustainability", "13"),
        ("principle", "gobernanza y participacion ciudadana", "8"),
        ("principle", "Durabilité", "13"),
        ("principle", "SOSTENIBILITAT", "13"),
        ("principle", "Sostenibilitat", "13"),
        ("principle", "21", None),
        ("principle", "0", None),
        ("principle", "13 ciudades", None),
        ("principle", "13: Acceso a la cultura", None),
        ("principle", "", None),
        ("sdg", "ODS 4", "4"),
        ("sdg", "SDG 4", "4"),
        ("sdg", "ODS 4.1", "4"),
        ("sdg", "16.b", "16"),
        ("sdg", "http://metadata.un.org/sdg/5", "5"),
        ("sdg", "https://metadata.un.org/sdg/16.b", "16"),
        ("sdg", "http://metadata.un.org/sdg/55", None),
        ("sdg", "Igualdad de género", "5"),
        ("sdg", "ODS 4: Educación de calidad", "4"),
        ("sdg", "18", None),
        ("sdg", "4 cosas", None),
        ("theme", "Medio ambiente", "medio-ambiente"),
        ("theme", "medio_ambiente", "medio-ambiente"),
        ("theme", "Meio ambiente", "medio-ambiente"),
        ("theme", "Gênero", "genero"),
        ("theme", "ocio", "deporte"),
        ("theme", "gent gran", "personas-mayores"),
        ("theme", "environnement", "medio-ambiente"),
        ("sdg", "Villes et communautés durables", "11"),
        ("group", "persones grans", "personas-mayores"),
        ("theme", "8", None),
        ("group", "Mulheres", "mujeres"),
        ("kind", "Boletín", "bulletin"),
        ("kind", "memoria", "report"),
        ("kind", "Buena práctica", "experience"),
        ("licence", "CC BY 4.0", "CC-BY-4.0"),
        ("licence", "cc-by-sa-4.0", "CC-BY-SA-4.0"),
        ("licence", "CC BY-NC", "CC-BY-NC-4.0"),
        ("licence", "todos los derechos reservados", None),
        ("event_kind", "Congreso", "congress"),
        ("nothing", "8", None),
    ],
)
def test_a_term_is_found_by_id_number_or_label(
    vocabulary: Vocabulary, vocabulary_name: str, text: str, found: str | None
) -> None:
    term = vocabulary.find(vocabulary_name, text)

    assert (term.id if term else None) == found


def test_every_spelling_of_every_term_finds_that_term(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.vocabularies()) >= 4
    for name, terms in vocabulary.vocabularies().items():
        assert terms, name
        for term in terms:
            others = (name for given in term.names.values() for name in given)
            for spelling in (term.id, *term.labels.values(), *term.other_labels.values(), *term.aliases, *others):
                assert vocabulary.find(name, spelling) == term, (name, spelling)


def test_folding_takes_away_case_accents_and_blanks() -> None:
    assert fold_text("  San  Cristóbal\tde las CASAS ") == "san cristobal de las casas"
    assert fold_text("ﬁesta Ñandú") == "fiesta nandu"
    assert fold_text("Straße") == "strasse"
    assert fold_label("CC-BY_4.0 (León)") == "cc by 4 0 leon"
    assert fold_abbreviation("N. L.") == fold_abbreviation("NL") == "nl"
