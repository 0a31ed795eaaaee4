"""The export formats: one module each (a folder for Word), listed in the table `EXPORT_FORMATS` here."""

from collections.abc import Mapping
from types import MappingProxyType

from bank.export.csv_table import CSV
from bank.export.dublin_core import DUBLIN_CORE
from bank.export.format import ExportContext, ExportFormat
from bank.export.gaps import Gap, find_gaps
from bank.export.json_lines import JSONL
from bank.export.json_object import JSON
from bank.export.record import Record, RecordCity, RecordEvent, RecordFile, RecordFinding, RecordTerm
from bank.export.ris import RIS
from bank.export.word import DOCX

EXPORT_FORMATS: Mapping[str, ExportFormat] = MappingProxyType(
    {one.name: one for one in (CSV, JSON, JSONL, RIS, DUBLIN_CORE, DOCX)}
)

__all__ = [
    "EXPORT_FORMATS", "ExportContext", "ExportFormat", "Gap", "Record", "RecordCity", "RecordEvent", "RecordFile",
    "RecordFinding", "RecordTerm", "find_gaps",
]  # fmt: skip
