"""The rules: deposit, review, publish, import, index, search, export, check. Every change goes through here."""
