"""Principles, themes, SDGs, groups, kinds, cities, events and calls: data files and typed loading."""

from bank.vocabulary.calls import Call, CallField, CallRule, CallSection
from bank.vocabulary.cities import CitySeed
from bank.vocabulary.criteria import Criterion
from bank.vocabulary.events import Event
from bank.vocabulary.faults import Fault
from bank.vocabulary.field_types import FIELD_TYPES, FieldType
from bank.vocabulary.folding import fold
from bank.vocabulary.kinds import Choice, FieldGroup, FieldSpec, Kind, KindFacts
from bank.vocabulary.labels import Labels
from bank.vocabulary.loading import check, load
from bank.vocabulary.principles import CHARTER, OldPrinciple, Principle, PrincipleFacts, Section
from bank.vocabulary.profiles import Passage, Profiles, SampleDocument, load_profiles
from bank.vocabulary.terms import EventKind, Group, Licence, Role, Sdg, SdgFacts, Term
from bank.vocabulary.themes import Theme, ThemeFacts
from bank.vocabulary.vocabulary import LISTS, Vocabulary

__all__ = [
    "CHARTER",
    "FIELD_TYPES",
    "LISTS",
    "Call",
    "CallField",
    "CallRule",
    "CallSection",
    "Choice",
    "CitySeed",
    "Criterion",
    "Event",
    "EventKind",
    "Fault",
    "FieldGroup",
    "FieldSpec",
    "FieldType",
    "Group",
    "Kind",
    "KindFacts",
    "Labels",
    "Licence",
    "OldPrinciple",
    "Passage",
    "Principle",
    "PrincipleFacts",
    "Profiles",
    "Role",
    "SampleDocument",
    "Sdg",
    "SdgFacts",
    "Section",
    "Term",
    "Theme",
    "ThemeFacts",
    "Vocabulary",
    "check",
    "fold",
    "load",
    "load_profiles",
]  # fmt: skip
