"""Sample entries for a bank that is tried out: catalogue-level records and files with a text of their own."""

from bank.samples.loading import sample_files, sample_records
from bank.samples.sample import SampleEntry, SampleEvent, SampleFile, SampleRecord

__all__ = ["SampleEntry", "SampleEvent", "SampleFile", "SampleRecord", "sample_files", "sample_records"]
