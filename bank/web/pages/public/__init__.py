"""What anybody reads: search, entries, ways in, originals, exports."""
