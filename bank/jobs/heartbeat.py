"""The heartbeat of the worker: renews the leases of the jobs that this process works on, and of no others."""

import threading
from functools import partial

from bank.jobs.loop import outlive
from bank.workflow import jobs
from bank.workflow.bank import Bank

HEARTBEAT_SECONDS = 15.0
"""Seconds between two renewals: a lease lasts four times as long."""


def run_heartbeat(bank: Bank, stop: threading.Event) -> None:
    """Renews leases until `stop` is set; one that can't be renewed is over within a minute, and its job waits again."""
    outlive(partial(beat, bank), stop, "Leases of jobs could not be renewed.", HEARTBEAT_SECONDS)


def beat(bank: Bank) -> bool:
    """Renews the leases once; False, so that the next beat comes after the pause."""
    jobs.renew_held_leases(bank)
    return False
