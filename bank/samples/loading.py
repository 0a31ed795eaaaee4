"""Reads the samples from ``samples.toml``."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from bank.errors import Damaged
from bank.messages import N_
from bank.samples.sample import SampleEntry, SampleEvent, SampleFile, SampleRecord

SAMPLE_LACKS_FIELD = N_("samples.toml: {id} has no {field}.")
REQUIRED_SAMPLE_KEYS = ("kind", "language", "titles", "summaries", "city", "year", "themes", "principles")
"""Keys that every sample must have."""


def sample_records() -> tuple[SampleRecord, ...]:
    """The sample records, which have no file, in their order. Raises Damaged when one lacks a key."""
    return tuple(_record(data) for data in _data()["records"])


def sample_files() -> tuple[SampleFile, ...]:
    """The sample files in their order. Raises Damaged when one lacks a key."""
    return tuple(_file(data) for data in _data()["files"])


def _folder() -> Path:
    return Path(str(resources("bank.samples")))


@cache
def _data() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads((_folder() / "samples.toml").read_text("utf-8"))


def _need(data: Mapping[str, Any], name: str, *fields: str) -> None:
    for field in fields:
        if not data.get(field):
            raise Damaged(SAMPLE_LACKS_FIELD, id=str(data.get(name, "?")), field=field)


def _events(data: Iterable[Mapping[str, str]]) -> tuple[SampleEvent, ...]:
    return tuple(SampleEvent(one["event"], one["role"]) for one in data)


def _entry(data: Mapping[str, Any]) -> SampleEntry:
    return SampleEntry(
        kind=data["kind"],
        language=data["language"],
        titles=data["titles"],
        summaries=data["summaries"],
        city=data["city"],
        cities=tuple(data.get("cities", ())),
        year=data["year"],
        themes=tuple(data["themes"]),
        principles=tuple(data["principles"]),
        sdgs=tuple(data.get("sdgs", ())),
        groups=tuple(data.get("groups", ())),
        events=_events(data.get("events", ())),
        fields=data.get("fields", {}),
    )


def _record(data: Mapping[str, Any]) -> SampleRecord:
    _need(data, "id", "id", *REQUIRED_SAMPLE_KEYS, "source")
    return SampleRecord(
        id=data["id"],
        entry=_entry(data),
        year_inferred=data.get("year_inferred", False),
        source=data["source"],
    )


def _file(data: Mapping[str, Any]) -> SampleFile:
    _need(data, "path", "path", *REQUIRED_SAMPLE_KEYS, "licence")
    return SampleFile(
        path=_folder().joinpath(*data["path"].split("/")),
        entry=_entry(data),
        licence=data["licence"],
        record=data.get("record"),
    )
