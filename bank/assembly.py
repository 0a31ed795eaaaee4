"""Opens the parts of a running bank together, from one Settings object."""

from functools import partial

from bank import __version__
from bank.catalogue.database import Database
from bank.catalogue.migrating import upgrade_catalogue
from bank.catalogue.seals.renewing import renew_seals
from bank.catalogue.sqlite import database_path, make_database_file
from bank.errors import SettingsError
from bank.messages import N_
from bank.reserve import Reserve, with_reserve
from bank.search.meaning.encoder import Encoder
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.vectors import VectorStore
from bank.search.store import IndexStore
from bank.settings import Settings
from bank.uploads import UploadsFolder
from bank.vocabulary import Vocabulary, load_vocabulary
from bank.vocabulary.network import load_network
from bank.vocabulary.profiles import load_profiles
from bank.workflow.bank import Bank
from bank.workflow.entries.founding import found_bank
from bank.workflow.upkeep.anchoring import open_anchor
from bank.workflow.upkeep.belonging import expect_one_bank, mark_folders
from bank.workflow.upkeep.targets import expect_home_outside_banks


def open_bank(settings: Settings) -> Bank:
    """Opens the bank in `settings.home`; makes the folder and the database where there are none, and migrates old ones.

    Nothing is made or migrated where catalogue, originals and index are not of one bank. Where the disk is full the
    reserve is freed for it. Raises a BankError that says what is wrong (SettingsError, Conflict, Damaged).
    """
    return with_reserve(Reserve(settings.database_folder), partial(open_parts, settings))


def open_parts(settings: Settings) -> Bank:
    """Opens the parts, as `open_bank` says."""
    if not database_path(settings.database).exists():
        expect_home_outside_banks(settings)
    settings.home.mkdir(parents=True, exist_ok=True)
    vocabulary = load_vocabulary(language=settings.language)
    if settings.default_licence and vocabulary.get("licence", settings.default_licence) is None:
        known = ", ".join(licence.id for licence in vocabulary.licences)
        sentence = N_("BANK_DEFAULT_LICENCE: there is no licence {value}. Known values: {known}.")
        raise SettingsError(sentence, value=settings.default_licence, known=known)
    database = Database(settings.database)
    try:
        namespace = prepare_catalogue(database, settings, vocabulary)
    except BaseException:
        database.close()
        raise
    database.hold_file()
    mark_folders(settings, namespace)
    return Bank(
        settings=settings,
        vocabulary=vocabulary,
        database=database,
        uploads=UploadsFolder(settings.uploads_folder),
        index=IndexStore(settings.index_folder),
        namespace=namespace,
        network=load_network(settings.home / "network.toml", settings.language),
        meaning=open_meaning(settings) if settings.semantic == "on" else None,
    )


def prepare_catalogue(database: Database, settings: Settings, vocabulary: Vocabulary) -> str:
    """Migrates, founds and seals what is not yet, and compares the catalogue with its anchor. Returns the namespace.

    Raises Conflict where catalogue, originals and index are not of one bank.
    """
    expect_one_bank(settings, database)
    make_database_file(settings.database)
    upgrade_catalogue(database)
    namespace = found_bank(database, vocabulary, __version__)
    open_anchor(database, settings, namespace)
    renew_seals(database)
    return namespace


def open_meaning(settings: Settings) -> Meaning:
    """Search by meaning: the encoder, the store of vectors, and the terms' example passages as landmarks.

    The model file is read at first use.
    """
    profiles = load_profiles()
    landmarks = [profile.text for some in profiles.passages.values() for profile in some]
    return Meaning(Encoder(), VectorStore(settings.vectors_file), landmarks, profiles.elsewhere)
