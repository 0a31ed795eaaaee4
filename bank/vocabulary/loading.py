"""Loading the vocabularies from their data files."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from bank.languages import DEFAULT
from bank.vocabulary import calls, cities, criteria, events, kinds, principles, profiles, terms, themes
from bank.vocabulary.check import contradictions
from bank.vocabulary.data_file import File, open_file
from bank.vocabulary.faults import MISSING, UNKNOWN, WRONG, Fault
from bank.vocabulary.folding import words
from bank.vocabulary.places import Places
from bank.vocabulary.vocabulary import Vocabulary


def load(folder: Traversable | None = None, language: str = DEFAULT) -> Vocabulary:
    """The vocabularies of a folder of data files, by default the bank's own. Raises Damaged for the first gap.

    `language` is the one that labels fall back to where they have none in the reader's.
    """
    return _own(language) if folder is None else _whole(folder, language)


def check(folder: Traversable | None = None) -> tuple[Fault, ...]:
    """Every gap and contradiction in the data files; empty when they are whole."""
    vocabulary, faults = _read(folder or own_folder(), DEFAULT)
    return faults or tuple(profiles.gaps(folder or own_folder(), vocabulary.vocabularies()))


def own_folder() -> Traversable:
    """Where the bank's own data files are."""
    return files("bank.vocabulary").joinpath("data")


@cache
def _own(language: str) -> Vocabulary:
    return _whole(own_folder(), language)


def _whole(folder: Traversable, language: str) -> Vocabulary:
    vocabulary, faults = _read(folder, language)
    if faults:
        raise faults[0].error()
    return vocabulary


def _read(folder: Traversable, language: str) -> tuple[Vocabulary, tuple[Fault, ...]]:
    faults: list[Fault] = []

    def opened(name: str) -> File:
        return open_file(folder, name, faults, language)

    charter, seeds, fields = opened("principles.toml"), opened("cities.toml"), opened("fields.toml")
    old, others = opened("principles-2004.toml"), {name: opened(f"{name}.toml") for name in _PLAIN}
    city_seeds = seeds.read("cities", cities.city)
    states = {state.id: state for state in seeds.read("states", cities.state)}
    vocabulary = Vocabulary(
        sections=charter.read("sections", principles.section),
        principles=charter.read("principles", principles.principle, "number"),
        principles_2004=old.read("principles", principles.old_principle, "number"),
        themes=others["themes"].read("themes", themes.theme),
        sdgs=others["sdgs"].read("sdgs", terms.sdg, "number"),
        groups=others["groups"].read("groups", terms.group),
        kinds=_kinds(others["kinds"], fields),
        field_groups=fields.read("groups", kinds.field_group),
        event_kinds=others["event-kinds"].read("event_kinds", terms.plain),
        licences=others["licences"].read("licences", terms.licence),
        roles=seeds.read("roles", terms.plain),
        cities=city_seeds,
        events=others["events"].read("events", events.event),
        calls=_calls(folder, faults, language),
        criteria=others["criteria"].read("criteria", criteria.criterion),
        places=Places(city_seeds, states, _countries(others["countries"])),
        language=language,
    )
    for file in (charter, seeds, fields, old, *others.values()):
        file.rest()
    if not faults:
        faults.extend(contradictions(vocabulary))
    return vocabulary, tuple(faults)


_PLAIN = ("themes", "sdgs", "groups", "kinds", "event-kinds", "licences", "events", "countries", "criteria")


def _kinds(file: File, fields: File) -> tuple[kinds.Kind, ...]:
    found = file.read("kinds", kinds.kind)
    specs = fields.read("fields", kinds.field_spec, "id", "kinds")
    known = {kind.id for kind in found}
    for spec in specs:
        for kind in spec.kinds:
            if kind not in known:
                fields.faults.append(Fault(fields.name, spec.id, "kinds", UNKNOWN, kind))
    return tuple(_with_fields(kind, specs) for kind in found)


def _with_fields(kind: kinds.Kind, specs: tuple[kinds.FieldSpec, ...]) -> kinds.Kind:
    own = tuple(spec for spec in specs if not spec.kinds or kind.id in spec.kinds)
    return replace(kind, facts=replace(kind.facts, fields=own))


def _countries(file: File) -> Mapping[str, str]:
    found = file.read("countries", lambda row: (row.text("id"), row.texts("names", required=True)))
    return {words(name): code for code, names in found for name in names}


def _calls(folder: Traversable, faults: list[Fault], language: str) -> Mapping[str, calls.Call]:
    found: dict[str, calls.Call] = {}
    forms = folder.joinpath("calls")
    names = sorted(entry.name for entry in forms.iterdir() if entry.name.endswith(".toml")) if forms.is_dir() else ()
    if not names:
        faults.append(Fault("calls", "calls", "calls", MISSING))
    for name in names:
        file = open_file(folder, f"calls/{name}", faults, language)
        call = calls.call(file)
        file.rest()
        if call and name != f"{call.id}.toml":
            faults.append(Fault(file.name, call.id, "id", WRONG, call.id))
        elif call:
            found[call.id] = call
    return found
