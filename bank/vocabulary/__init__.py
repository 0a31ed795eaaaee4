"""Vocabularies (principles, themes, SDGs, groups, kinds, cities, events, calls, ...): data files and typed loading."""

from bank.vocabulary.calls import Call, CallField, CallRule, CallSection
from bank.vocabulary.cities import CitySeed
from bank.vocabulary.criteria import Criterion
from bank.vocabulary.events import EventSeed
from bank.vocabulary.faults import VocabularyFault
from bank.vocabulary.field_types import FIELD_TYPES, FieldType
from bank.vocabulary.folding import fold_text
from bank.vocabulary.kinds import Choice, FieldGroup, FieldSpec, Kind, KindFacts
from bank.vocabulary.labels import Labels
from bank.vocabulary.loading import check_vocabulary, load_vocabulary
from bank.vocabulary.principles import CHARTER_VERSION, CharterSection, OldPrinciple, Principle, PrincipleFacts
from bank.vocabulary.profiles import ProfilePassage, Profiles, SampleDocument, load_profiles
from bank.vocabulary.terms import CityRole, EventKind, Licence, Sdg, SdgFacts, TargetGroup, Term
from bank.vocabulary.themes import Theme, ThemeFacts
from bank.vocabulary.vocabulary import TERM_LISTS, Vocabulary

__all__ = [
    "CHARTER_VERSION",
    "FIELD_TYPES",
    "TERM_LISTS",
    "Call",
    "CallField",
    "CallRule",
    "CallSection",
    "CharterSection",
    "Choice",
    "CityRole",
    "CitySeed",
    "Criterion",
    "EventKind",
    "EventSeed",
    "FieldGroup",
    "FieldSpec",
    "FieldType",
    "Kind",
    "KindFacts",
    "Labels",
    "Licence",
    "OldPrinciple",
    "Principle",
    "PrincipleFacts",
    "ProfilePassage",
    "Profiles",
    "SampleDocument",
    "Sdg",
    "SdgFacts",
    "TargetGroup",
    "Term",
    "Theme",
    "ThemeFacts",
    "Vocabulary",
    "VocabularyFault",
    "check_vocabulary",
    "fold_text",
    "load_profiles",
    "load_vocabulary",
]  # fmt: skip
