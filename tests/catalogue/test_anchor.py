"""The anchor file: what a cut write, a full disk, an older head and another bank do to it."""

import logging
import os
from pathlib import Path

import pytest

from bank.catalogue.anchor import ANCHOR_BYTES, Anchor, AnchorRecord, packed_record, read_anchor, unpacked_record
from bank.catalogue.audit import AuditHead

HEADS = [AuditHead(number, f"{number:064x}") for number in range(4)]


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    (tmp_path / "uploads").mkdir()
    return Anchor("ours", [tmp_path / "bank.anchor", tmp_path / "uploads" / "bank.anchor"])


def heads(anchor: Anchor) -> list[AuditHead]:
    return [record.head for record in anchor.records().values()]


def test_both_files_name_the_newest_act_and_never_go_back(anchor: Anchor) -> None:
    for number in (1, 3, 2):
        anchor.keep(HEADS[number])
    assert heads(anchor) == [HEADS[3]] * 2


def test_a_record_that_was_cut_or_altered_anywhere_is_none() -> None:
    whole = packed_record(AnchorRecord("ours", HEADS[2]))
    assert len(whole) == ANCHOR_BYTES
    for at in range(ANCHOR_BYTES):
        assert unpacked_record(whole[:at]) is None
        assert unpacked_record(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]) is None
    assert unpacked_record(b"") is None


def test_a_cut_record_is_written_anew_and_the_other_file_still_has_its_own(anchor: Anchor) -> None:
    anchor.keep(HEADS[2])
    os.truncate(anchor.paths[0], 100)
    assert heads(anchor) == [HEADS[2]]
    anchor.keep(HEADS[3])
    assert heads(anchor) == [HEADS[3]] * 2


def test_the_anchor_of_another_bank_and_one_that_names_what_was_lost_are_left_as_they_are(anchor: Anchor) -> None:
    Anchor("theirs", anchor.paths[:1]).keep(HEADS[1])
    anchor.keep(HEADS[2])
    assert heads(anchor) == [HEADS[1], HEADS[2]]
    anchor.mark_lost()
    anchor.keep(HEADS[3])
    assert heads(anchor) == [HEADS[1], HEADS[2]]
    anchor.replace(HEADS[3])
    assert heads(anchor) == [HEADS[3]] * 2


def test_a_disk_that_takes_nothing_is_logged_once_and_fails_nobody(
    anchor: Anchor, caplog: pytest.LogCaptureFixture
) -> None:
    full = Anchor("ours", [anchor.paths[0].parent / "folder", Path("/dev/full")])
    full.paths[0].mkdir()
    with caplog.at_level(logging.WARNING):
        full.keep(HEADS[1])
        full.keep(HEADS[2])
    assert len(caplog.records) == 1
    assert read_anchor(full.paths[0]) is None
