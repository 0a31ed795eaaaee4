"""A field type stands in one table, and every table of functions names every type: none can be forgotten."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bank.vocabulary import FIELD_TYPES, check_vocabulary, load_vocabulary
from bank.vocabulary.field_types import complete_table
from bank.vocabulary.loading import data_folder

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "bank.ingest.labelled.values": "how the answers of each type are read from a file",
    "bank.export.values": "how an export says the values of each type",
    "bank.export.word.template": "how the template asks for the values of each type",
    "bank.workflow.entries.fields": "whether a value fits each type",
    "bank.web.entry_fields": "how the values of each type are said on a page",
    "bank.web.form.for_review": "how the values of each type are read by a reviewer",
    "bank.web.form.controls": "the controls of each type in a form",
    "bank.web.api.entries.value_schemas": "the schema of the values of each type",
}
"""Module with a table of functions -> what its table is for."""
CHANGED = """
import importlib, sys
from bank.vocabulary import field_types
modules = [importlib.import_module(name) for name in {names!r}]
{change}
for module in modules:
    try:
        importlib.reload(module)
    except LookupError as error:
        print(error.args[0])
    else:
        print(module.__name__, "starts")
"""
ASKED_BY_NAME = re.compile(r"\b(?:spec|field)\.type\s*(?:==|!=|in\b|not in\b)|\.get\(\s*(?:\w+\.)*type\b")


def told(change: str) -> list[str]:
    """What each module with a table says when it is imported after a change of the types."""
    program = CHANGED.format(names=list(TABLES), change=change)
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return answer.stdout.splitlines()


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """Every module and template in these folders with its text."""
    files = (file for folder in folders for file in sorted((ROOT / folder).rglob("*")))
    for file in files:
        if file.suffix in (".py", ".html"):
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def test_a_new_type_that_is_in_no_table_of_functions_stops_every_module_that_has_one() -> None:
    new = 'field_types.FIELD_TYPES["zodiac"] = field_types.FieldType("zodiac")'
    assert told(new) == [f"{purpose}: zodiac is missing" for purpose in TABLES.values()]


def test_a_type_that_is_gone_stops_every_module_whose_table_still_names_it() -> None:
    assert told('del field_types.FIELD_TYPES["money"]') == [
        f"{purpose}: money is not known" for purpose in TABLES.values()
    ]


def test_a_part_without_a_control_stops_the_form() -> None:
    money = 'field_types.FieldType("money", "parts", parts=("amount", "currency", "year", "rate"))'
    found = told(f'field_types.FIELD_TYPES["money"] = {money}')
    assert [line for line in found if not line.endswith("starts")] == [
        "the controls of the parts of money: rate is missing"
    ]


def test_a_table_may_miss_nothing_and_have_nothing_too_many() -> None:
    assert complete_table({"a": 1, "b": 2}, "letters", ("a", "b")) == {"a": 1, "b": 2}
    with pytest.raises(LookupError, match="letters: b is missing, c is missing, z is not known"):
        complete_table({"a": 1, "z": 2}, "letters", ("a", "b", "c"))


def test_no_table_of_types_is_built_without_being_compared() -> None:
    fields = {spec.id for kind in load_vocabulary().kinds for spec in kind.facts.fields}
    bare = []
    for name, text in sources("bank"):
        if not name.endswith(".py"):
            continue
        tree = ast.parse(text)
        compared = {
            id(call.args[0]) for call in ast.walk(tree) if isinstance(call, ast.Call) and named(call, "complete_table")
        }
        for node in ast.walk(tree):
            keys = {key.value for key in getattr(node, "keys", ()) if isinstance(key, ast.Constant)}
            if isinstance(node, ast.expr) and len(keys & ({*FIELD_TYPES} - fields)) > 2 and id(node) not in compared:
                bare.append(f"{name}:{node.lineno}")
    assert bare == []


def named(node: ast.AST, function: str) -> bool:
    """True for a call of that function."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function


def test_every_module_that_compares_a_table_is_among_those_that_are_tried_here() -> None:
    asking = {
        name.removesuffix(".py").replace("/", ".")
        for name, text in sources("bank")
        if "import" in text and re.search(r"field_types import .*\bcomplete_table\b", text)
    }
    assert asking == {*TABLES}


def test_nothing_asks_a_type_for_its_name_or_falls_back_to_a_default() -> None:
    found = [
        f"{name}:{number}"
        for name, text in sources("bank", "templates")
        for number, line in enumerate(text.splitlines(), 1)
        if ASKED_BY_NAME.search(line)
    ]
    assert found == []


def test_a_type_says_what_its_values_are_without_contradiction() -> None:
    for name, one in FIELD_TYPES.items():
        assert one.name == name
        assert bool(one.parts) == (one.shape in ("parts", "rows")), name
        assert one.numbers <= {*one.parts}, name
        assert not (one.is_list and one.is_short), name


def test_every_field_of_the_shipped_data_has_a_type_that_there_is() -> None:
    fields = tomllib.loads(data_folder().joinpath("fields.toml").read_text("utf-8"))["fields"]
    assert {field["type"] for field in fields} <= {*FIELD_TYPES}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('type = "month"', 'type = "moment"', None),
        ('type = "number"', 'type = "choices"', ("participants_women", "choices")),
        ('type = "number"', 'type = "terms"', ("participants_women", "vocabulary")),
        ('type = "number"', 'type = "fraction"', ("participants_women", "type")),
    ],
)
def test_a_field_is_refused_whose_type_is_unknown_or_needs_what_is_not_there(
    folder: Path, old: str, new: str, place: tuple[str, str] | None
) -> None:
    path = folder / "fields.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert [(fault.id, fault.field) for fault in check_vocabulary(folder)] == ([place] if place else [])
