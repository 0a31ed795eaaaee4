"""Every sentence that the bank says, taken from its sources, and the catalogues that translate them.

``python -m tests.sentences`` (``make messages``) brings new sentences into ``bank/locales/*.po``, empty, ready to
be translated; sentences that nobody says any more go.
"""

import inspect
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from bank import errors

ROOT = Path(__file__).resolve().parent.parent
TRANSLATED = ("es", "pt")


def catalogue_file(language: str) -> Path:
    """The catalogue of an interface language other than English."""
    return ROOT / "bank" / "locales" / f"{language}.po"


def error_classes() -> dict[str, type[errors.BankError]]:
    """The bank's errors by name; what they are raised with is a sentence too."""
    classes = inspect.getmembers(errors, inspect.isclass)
    return {name: kind for name, kind in classes if issubclass(kind, errors.BankError)}


def extracted() -> Catalog:
    """All sentences of ``bank/`` and ``templates/``, with the files that say them."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)  # type: ignore[no-untyped-call]
    keywords = {**DEFAULT_KEYWORDS, "say": None, "say_many": (1, 2), **dict.fromkeys(error_classes())}
    found = Catalog(project="educating-bank", charset="utf-8")
    for name, line, sentence, comments, context in extract_from_dir(ROOT, methods, options, keywords=keywords):
        found.add(sentence, locations=[(name, line)], auto_comments=comments, context=context)
    for kind in error_classes().values():
        found.add(kind.sentence, locations=[("bank/errors.py", 1)])
    return found


def translated(language: str) -> Catalog:
    """The catalogue of `language` as it stands."""
    with catalogue_file(language).open("rb") as stream:
        return read_po(stream, locale=language)


def renew(language: str) -> int:
    """Brings the catalogue of `language` up to the sources; returns how many sentences wait for a translation."""
    catalogue = translated(language)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with catalogue_file(language).open("wb") as stream:
        write_po(stream, catalogue, width=120, include_lineno=False, sort_output=True, omit_header=False)
    return sum(not all(forms(message.string)) for message in catalogue if message.id)


def forms(text: str | Sequence[str] | None) -> list[str]:
    """The forms of a sentence: one, or singular and plural."""
    return [text or ""] if text is None or isinstance(text, str) else list(text)


if __name__ == "__main__":
    for code in TRANSLATED:
        print(f"{catalogue_file(code).name}: {renew(code)} sentences to translate")
