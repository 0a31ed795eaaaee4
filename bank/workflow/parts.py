"""The parts of a running bank, opened together and handed to every act."""

from dataclasses import dataclass, field

from bank.catalogue.database import Database
from bank.search.store import IndexStore
from bank.settings import Settings
from bank.uploads import Uploads
from bank.vocabulary import Vocabulary
from bank.workflow.memory import Memory


@dataclass(frozen=True, slots=True)
class Bank:
    """One running bank. `namespace` is fixed when the bank is made and part of every permanent identifier."""

    settings: Settings
    vocabulary: Vocabulary
    database: Database
    uploads: Uploads
    index: IndexStore
    namespace: str
    memory: Memory = field(default_factory=Memory)

    def identifier(self, uid: str) -> str:
        """The permanent identifier of an entry: ``oai:NAMESPACE:UID``."""
        return f"oai:{self.namespace}:{uid}"

    def address(self, path: str) -> str:
        """The absolute address of a path of this bank."""
        return self.settings.base_url.rstrip("/") + path
