"""The rules: deposit, publish, index, read, search, export, check. Every change goes through here."""
