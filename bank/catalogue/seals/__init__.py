"""Seals: a keyed digest of an entry's or a person's rows in the audit, by which an alteration from outside is found."""
