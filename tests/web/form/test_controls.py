"""Each type of field has controls, and each word for controls has its macro."""

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from bank.vocabulary import FIELD_TYPES, load_vocabulary
from bank.web.form.controls import CONTROL_MACROS, CONTROLS_BY_TYPE, TEXTS_CONTROLS, controls_of

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


def test_the_template_has_a_macro_for_every_word_and_none_too_many() -> None:
    text = (TEMPLATES / "deposits" / "_controls.html").read_text("utf-8")
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(text)
    macros = {one.name for one in tree.find_all(nodes.Macro)}
    assert {name for name in macros if not name.startswith("_")} == CONTROL_MACROS


def test_a_translated_field_is_asked_for_its_texts_and_any_other_by_its_type() -> None:
    for kind in load_vocabulary().kinds:
        for spec in kind.facts.fields:
            assert (controls_of(spec) is TEXTS_CONTROLS) == spec.translated, spec.id


@pytest.mark.parametrize("name", [name for name, one in FIELD_TYPES.items() if one.shape == "parts"])
def test_a_type_in_parts_is_asked_part_by_part(name: str) -> None:
    assert CONTROLS_BY_TYPE[name].macro == "parts"
