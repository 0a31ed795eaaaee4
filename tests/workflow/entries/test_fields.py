import pytest

from bank.errors import Invalid
from bank.languages import is_language_code
from bank.vocabulary import load_vocabulary
from bank.workflow.entries.fields import checked_fields, own_field_specs, public_fields

VOCABULARY = load_vocabulary()
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LANGUAGES = [code for code in (first + second for first in LETTERS for second in LETTERS) if is_language_code(code)][
    :21
]
CHOICE = next(
    one.choices[0].id for one in own_field_specs(VOCABULARY, "experience") if one.type == "choices" and one.choices
)


def spec_of(type: str, translated: bool = False) -> str:
    """The id of some field of an experience that has this type."""
    return next(
        one.id for one in own_field_specs(VOCABULARY, "experience") if one.type == type and one.translated == translated
    )


def test_a_document_of_the_right_shape_is_kept_as_it_is() -> None:
    fields = {
        spec_of("longtext", translated=True): {"es": "Un texto.", "en": "A text."},
        spec_of("money"): {"amount": 1000, "currency": "MXN", "year": 2020},
        "contact": {"post": "Dirección de Educación", "mailbox": "educacion@ciudad.example"},
    }
    assert checked_fields(VOCABULARY, "experience", fields) == fields


@pytest.mark.parametrize(
    "fields",
    [
        {"astrology": "yes"},
        {"status": "published"},
        {spec_of("longtext", translated=True): "no language"},
        {spec_of("longtext", translated=True): {"not a language!": "text"}},
        {spec_of("longtext", translated=True): {"es": "x" * 20_001}},
        {spec_of("money"): 1000},
        {spec_of("choice"): "nothing that may be chosen"},
        {"contact": ["a", "b"]},
        {spec_of("longtext", translated=True): dict.fromkeys(LANGUAGES, "x")},
        {spec_of("links"): ["a"] * 201},
        {spec_of("choices"): [CHOICE] * 201},
        {spec_of("list", translated=True): {"es": ["a"] * 201}},
        {spec_of("links"): ["é" * 20_000] * 6},
        {spec_of("money"): {"amount": float("nan")}},
    ],
)
def test_a_field_that_is_unknown_or_wrongly_typed_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        checked_fields(VOCABULARY, "experience", fields)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        " \x01java\r\nscript:alert(1)",
        "\u200bdata:text/html,x",
        "//evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\\evil.example",
        "h\tttps:evil",
    ],
)
def test_an_address_that_does_something_or_leads_elsewhere_unsaid_is_no_link(address: str) -> None:
    for value in ([address], [{"title": "Vídeo", "url": address}]):
        with pytest.raises(Invalid):
            checked_fields(VOCABULARY, "experience", {spec_of("links"): value})


def test_a_web_address_and_words_that_are_none_are_links() -> None:
    fields = {spec_of("links"): ["https://ciudad.example/a", "biblioteca, sala 2", {"url": "www.ciudad.example"}]}
    assert checked_fields(VOCABULARY, "experience", fields) == fields


def test_what_only_the_network_may_see_is_never_public() -> None:
    hidden = next(spec for spec in own_field_specs(VOCABULARY, "experience") if spec.visible == "network")
    fields = {hidden.id: "canary", "contact": {"post": "Dirección"}}
    assert public_fields(VOCABULARY, "experience", fields) == {"contact": {"post": "Dirección"}}
