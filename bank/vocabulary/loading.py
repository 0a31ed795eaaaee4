"""Loads the vocabularies from their data files."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from bank.languages import DEFAULT_LANGUAGE
from bank.vocabulary import calls, cities, criteria, events, kinds, principles, profiles, synonyms, terms, themes
from bank.vocabulary.check import vocabulary_faults
from bank.vocabulary.data_file import DataFile, open_file
from bank.vocabulary.faults import FAULT_MISSING_FIELD, FAULT_UNKNOWN_VALUE, FAULT_WRONG_VALUE, VocabularyFault
from bank.vocabulary.folding import fold_label
from bank.vocabulary.places import PlaceNames
from bank.vocabulary.vocabulary import Vocabulary


def load_vocabulary(folder: Traversable | None = None, language: str = DEFAULT_LANGUAGE) -> Vocabulary:
    """The vocabularies in a folder of data files, by default the bank's own. Raises Damaged for the first fault.

    `language` is the one that labels fall back to where they have none in the reader's.
    """
    return _own(language) if folder is None else _whole(folder, language)


def check_vocabulary(folder: Traversable | None = None) -> tuple[VocabularyFault, ...]:
    """The faults of the data files in `folder` (by default the bank's own), empty when there are none.

    Checked in three steps, each only when the one before found nothing: single files, references between files,
    profiles. ``network.toml`` is checked by `load_network`.
    """
    vocabulary, faults = _read(folder or data_folder(), DEFAULT_LANGUAGE)
    return faults or tuple(profiles.profile_faults(folder or data_folder(), vocabulary.vocabularies()))


def data_folder() -> Traversable:
    """Where the bank's own data files are."""
    return files("bank.vocabulary").joinpath("data")


@cache
def _own(language: str) -> Vocabulary:
    return _whole(data_folder(), language)


def _whole(folder: Traversable, language: str) -> Vocabulary:
    """The vocabularies in a folder. Raises Damaged for the first fault."""
    vocabulary, faults = _read(folder, language)
    if faults:
        raise faults[0].error()
    return vocabulary


def _read(folder: Traversable, language: str) -> tuple[Vocabulary, tuple[VocabularyFault, ...]]:
    """The vocabularies in a folder, as far as they can be read, and their faults but for those of profiles."""
    faults: list[VocabularyFault] = []

    def opened(name: str) -> DataFile:
        return open_file(folder, name, faults, language)

    charter, seeds, fields = opened("principles.toml"), opened("cities.toml"), opened("fields.toml")
    old, others = opened("principles-2004.toml"), {name: opened(f"{name}.toml") for name in _PLAIN}
    city_seeds = seeds.read("cities", cities.city_from_row)
    states = {state.id: state for state in seeds.read("states", cities.subdivision_from_row)}
    vocabulary = Vocabulary(
        sections=charter.read("sections", principles.section_from_row),
        principles=charter.read("principles", principles.principle_from_row, "number"),
        principles_2004=old.read("principles", principles.old_principle_from_row, "number"),
        themes=others["themes"].read("themes", themes.theme_from_row),
        sdgs=others["sdgs"].read("sdgs", terms.sdg_from_row, "number"),
        groups=others["groups"].read("groups", terms.target_group_from_row),
        kinds=_kinds(others["kinds"], fields),
        field_groups=fields.read("groups", kinds.field_group_from_row),
        event_kinds=others["event-kinds"].read("event_kinds", terms.plain_term_from_row),
        licences=others["licences"].read("licences", terms.licence_from_row),
        roles=seeds.read("roles", terms.plain_term_from_row),
        cities=city_seeds,
        events=others["events"].read("events", events.event_from_row),
        calls=_calls(folder, faults, language),
        criteria=others["criteria"].read("criteria", criteria.criterion_from_row),
        synonyms=others["synonyms"].read("synonyms", synonyms.synonyms_from_row),
        places=PlaceNames(city_seeds, states, _countries(others["countries"])),
        language=language,
    )
    for file in (charter, seeds, fields, old, *others.values()):
        file.rest()
    if not faults:
        faults.extend(vocabulary_faults(vocabulary))
    return vocabulary, tuple(faults)


_PLAIN = ("themes", "sdgs", "groups", "kinds", "event-kinds", "licences", "events", "countries", "criteria", "synonyms")


def _kinds(file: DataFile, fields: DataFile) -> tuple[kinds.Kind, ...]:
    """The kinds with their fields."""
    found = file.read("kinds", kinds.kind_from_row)
    specs = fields.read("fields", kinds.field_spec_from_row, "id", "kinds")
    known = {kind.id for kind in found}
    for spec in specs:
        for kind in spec.kinds:
            if kind not in known:
                fields.faults.append(VocabularyFault(fields.name, spec.id, "kinds", FAULT_UNKNOWN_VALUE, kind))
    return tuple(_with_fields(kind, specs) for kind in found)


def _with_fields(kind: kinds.Kind, specs: tuple[kinds.FieldSpec, ...]) -> kinds.Kind:
    own = tuple(spec for spec in specs if not spec.kinds or kind.id in spec.kinds)
    return replace(kind, facts=replace(kind.facts, fields=own))


def _countries(file: DataFile) -> Mapping[str, str]:
    """Folded official name of a country -> ISO 3166-1 alpha-2 code."""
    found = file.read("countries", lambda row: (row.text("id"), row.texts("names", required=True)))
    return {fold_label(name): code for code, names in found for name in names}


def _calls(folder: Traversable, faults: list[VocabularyFault], language: str) -> Mapping[str, calls.Call]:
    """Id -> call, from the files of the folder ``calls``."""
    found: dict[str, calls.Call] = {}
    forms = folder.joinpath("calls")
    names = sorted(entry.name for entry in forms.iterdir() if entry.name.endswith(".toml")) if forms.is_dir() else ()
    if not names:
        faults.append(VocabularyFault("calls", "calls", "calls", FAULT_MISSING_FIELD))
    for name in names:
        file = open_file(folder, f"calls/{name}", faults, language)
        call = calls.call_from_file(file)
        file.rest()
        if call and name != f"{call.id}.toml":
            faults.append(VocabularyFault(file.name, call.id, "id", FAULT_WRONG_VALUE, call.id))
        elif call:
            found[call.id] = call
    return found
