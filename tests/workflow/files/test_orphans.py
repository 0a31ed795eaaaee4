import io
import threading
import time
from pathlib import Path

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue import files
from bank.jobs.deposits import run_reading_loop
from bank.settings import Settings
from bank.workflow.files.orphans import sweep_originals
from bank.workflow.files.thumbnails import thumbnail_name
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.upkeep.backup import make_backup
from tests.making_files import aged

PATIENCE = 20.0


def test_what_a_row_names_stays_however_old_and_what_none_names_goes(settings: Settings, tmp_path: Path) -> None:
    bank = open_bank(settings.model_copy(update={"semantic": "off"}))
    source = tmp_path / "huertos.md"
    source.write_text("# Huertos ficticios\n\nUn texto.\n")
    import_file(bank, source, ImportWishes())
    lost = bank.uploads.put(io.BytesIO(b"lost"), limit=10).digest
    bank.uploads.put_derived(thumbnail_name(lost), b"picture")
    with bank.database.reading() as session:
        named = files.digests_in_rows(session)
    assert len(named) == 1
    assert sweep_originals(bank) == 0
    for path in settings.uploads_folder.rglob("*"):
        if path.is_file():
            aged(path)
    seen: list[int] = []
    make_backup(bank, tmp_path / "bank.tar", lambda *told: seen.append(sweep_originals(bank)) if not seen else None)
    assert seen == [0]
    assert sweep_originals(bank) == 2
    assert set(bank.uploads.digests()) == named
    bank.database.close()
    ingest.close_extractors()


def test_the_worker_sweeps_as_it_begins(settings: Settings) -> None:
    bank = open_bank(settings.model_copy(update={"semantic": "off"}))
    lost = bank.uploads.put(io.BytesIO(b"lost"), limit=10).digest
    aged(bank.uploads.path(lost))
    stop = threading.Event()
    worker = threading.Thread(target=run_reading_loop, args=(bank, stop))
    worker.start()
    deadline = time.monotonic() + PATIENCE
    while bank.uploads.has(lost) and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    worker.join()
    assert not bank.uploads.has(lost)
    bank.database.close()
    ingest.close_extractors()
