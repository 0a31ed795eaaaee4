"""The catalogue: tables, migrations and the questions asked of them. The single source of truth."""
