"""The parts of a running bank, opened together and handed to every function of workflow."""

from dataclasses import dataclass, field

from bank.catalogue.database import Database
from bank.search.meaning.encoder import Encoder
from bank.search.meaning.meaning import Meaning
from bank.search.store import IndexStore
from bank.settings import Settings
from bank.tagging.tagger import Tagger
from bank.uploads import DrawnPages, Uploads
from bank.vocabulary import Vocabulary
from bank.vocabulary.network import NetworkTexts, load_network
from bank.workflow.cache import CatalogueCache
from bank.workflow.errands import Errands
from bank.workflow.held_jobs import HeldJobs
from bank.workflow.pauses import Pauses
from bank.workflow.tagger import new_tagger
from bank.workflow.unanswered_counts import UnansweredCounts


@dataclass(frozen=True, slots=True)
class Bank:
    """One running bank. `namespace` is fixed when the bank is made and part of every permanent identifier."""

    settings: Settings
    vocabulary: Vocabulary
    database: Database
    uploads: Uploads
    index: IndexStore
    namespace: str
    network: NetworkTexts = field(default_factory=load_network)
    """What the network says in its own name: its texts, and its agreement for deposits."""
    meaning: Meaning | None = None
    """Search by meaning; None where BANK_SEMANTIC is off."""
    memory: CatalogueCache = field(default_factory=CatalogueCache)
    pauses: Pauses = field(default_factory=Pauses)
    errands: Errands = field(default_factory=Errands)
    held: HeldJobs = field(default_factory=HeldJobs)
    unanswered: UnansweredCounts = field(default_factory=UnansweredCounts)
    tagger: Tagger = field(init=False)
    drawn: DrawnPages = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tagger", new_tagger(self.vocabulary, self.meaning))
        drawn = DrawnPages(self.settings.drawn_folder, self.settings.drawn_mb * 1024 * 1024)
        object.__setattr__(self, "drawn", drawn)

    @property
    def encoder(self) -> Encoder | None:
        """The model that turns texts into vectors; None where BANK_SEMANTIC is off."""
        return self.meaning.encode if self.meaning else None

    def identifier(self, uid: str) -> str:
        """The permanent identifier of an entry: ``oai:NAMESPACE:UID``."""
        return f"oai:{self.namespace}:{uid}"

    def address(self, path: str) -> str:
        """The absolute address of a path of this bank."""
        return self.settings.base_url.rstrip("/") + path
