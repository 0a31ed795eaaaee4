"""Originals, kept under the SHA-256 of their bytes: one store behind a Protocol, today a local folder."""

from bank.uploads.drawn import DrawnPages as DrawnPages
from bank.uploads.folder import UploadsFolder as UploadsFolder
from bank.uploads.store import OldFiles as OldFiles
from bank.uploads.store import StagedFile as StagedFile
from bank.uploads.store import StoredFile as StoredFile
from bank.uploads.store import Uploads as Uploads
