"""The confined process that reads a stranger's file, and how one talks to it."""
