"""Sample entries for trying the bank: records without a file, and files with their entries."""

from bank.samples.loading import sample_files, sample_records
from bank.samples.sample import SampleEntry, SampleEvent, SampleFile, SampleRecord

__all__ = ["SampleEntry", "SampleEvent", "SampleFile", "SampleRecord", "sample_files", "sample_records"]
