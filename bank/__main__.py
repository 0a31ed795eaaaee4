"""``python -m bank`` is the `bank` command."""

from bank.cli.main import run_cli

run_cli()
