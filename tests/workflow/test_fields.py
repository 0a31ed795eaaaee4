import pytest

from bank.errors import Invalid
from bank.vocabulary import load
from bank.workflow.fields import checked_fields, own_specs, public_fields

VOCABULARY = load()


def spec_of(type: str, translated: bool = False) -> str:
    """The id of some field of an experience that has this type."""
    return next(
        one.id for one in own_specs(VOCABULARY, "experience") if one.type == type and one.translated == translated
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
    ],
)
def test_a_field_that_is_unknown_or_wrongly_typed_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        checked_fields(VOCABULARY, "experience", fields)


def test_what_only_the_network_may_see_is_never_public() -> None:
    hidden = next(spec for spec in own_specs(VOCABULARY, "experience") if spec.visible == "network")
    fields = {hidden.id: "canary", "contact": {"post": "Dirección"}}
    assert public_fields(VOCABULARY, "experience", fields) == {"contact": {"post": "Dirección"}}
