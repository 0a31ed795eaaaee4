"""The catalogue: tables, migrations and queries. The single source of truth."""
