"""Static files and their addresses: a module's imports lead to addresses that may be kept for ever."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bank.web.assets import load_assets


def made(folder: Path, texts: Mapping[str, str]) -> Path:
    """A folder with these files."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


CHAIN = {
    "page.mjs": 'import "./one/first.mjs";\nimport {\n  b,\n  c,\n} from "./one/second.mjs";\n',
    "one/first.mjs": 'import { b } from "./second.mjs";\nexport const a = b;\n',
    "one/second.mjs": 'export * from "../last.mjs";\nexport const b = 1, c = "./last.mjs";\n',
    "last.mjs": "export const d = 2;\n",
}


def test_a_module_imports_others_by_the_addresses_under_which_they_are_served(tmp_path: Path) -> None:
    assets = load_assets(made(tmp_path, CHAIN))
    assert set(assets) == set(CHAIN)
    page = assets["page.mjs"].body.decode()
    assert f'import "{assets["one/first.mjs"].address}";' in page
    assert f'}} from "{assets["one/second.mjs"].address}";' in page
    assert f'from "{assets["last.mjs"].address}";' in assets["one/second.mjs"].body.decode()
    assert 'c = "./last.mjs";' in assets["one/second.mjs"].body.decode()
    assert re.fullmatch(r"/static/one/first\.[0-9a-f]{12}\.mjs", assets["one/first.mjs"].address)
    assert assets["page.mjs"].imports == ("last.mjs", "one/second.mjs", "one/first.mjs")


def test_an_address_changes_with_the_bytes_of_what_is_imported_and_no_other_does(tmp_path: Path) -> None:
    before = load_assets(made(tmp_path / "before", {**CHAIN, "apart.mjs": "export {};\n"}))
    after = load_assets(
        made(tmp_path / "after", {**CHAIN, "apart.mjs": "export {};\n", "last.mjs": "export const d = 3;\n"})
    )
    changed = {name for name in before if before[name].address != after[name].address}
    assert changed == set(CHAIN)


@pytest.mark.parametrize(
    "texts",
    [
        {"a.mjs": 'import "./b.mjs";\n', "b.mjs": 'import "./a.mjs";\n'},
        {"a.mjs": 'import "./a.mjs";\n'},
        {"a.mjs": 'import { x } from "./nowhere.mjs";\n'},
        {"one/a.mjs": 'import { x } from "../../a.mjs";\n', "a.mjs": ""},
    ],
)
def test_modules_that_import_in_a_ring_or_what_is_not_there_are_refused(tmp_path: Path, texts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"a ring|not there"):
        load_assets(made(tmp_path, texts))


def test_every_import_of_the_banks_modules_is_an_address_that_there_is() -> None:
    assets = load_assets()
    addresses = {asset.address for asset in assets.values()}
    modules = [asset for asset in assets.values() if asset.name.endswith(".mjs")]
    assert modules
    for module in modules:
        named = re.findall(r'\bfrom "([^"]+)"|^import "([^"]+)"', module.body.decode(), re.MULTILINE)
        assert {one or two for one, two in named} <= addresses, module.name


def test_a_stylesheet_is_sent_with_its_parts_in_it_and_changes_with_them(tmp_path: Path) -> None:
    texts = {"bank.css": '@import "styles/one.css";\n@import "styles/two.css";\np { margin: 0; }\n'}
    before = load_assets(made(tmp_path / "before", {**texts, "styles/one.css": "a {}\n", "styles/two.css": "b {}\n"}))
    after = load_assets(made(tmp_path / "after", {**texts, "styles/one.css": "a {}\n", "styles/two.css": "c {}\n"}))
    assert set(before) == {"bank.css"}
    assert before["bank.css"].body == b"a {}\nb {}\np { margin: 0; }\n"
    assert before["bank.css"].address != after["bank.css"].address


def test_a_part_of_a_stylesheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not there"):
        load_assets(made(tmp_path, {"bank.css": '@import "styles/nowhere.css";\n'}))
