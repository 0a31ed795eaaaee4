"""The bank's state for monitoring: as gauges in Prometheus' text format, and in words."""

from collections.abc import Iterable, Iterator, Mapping

from bank.workflow.operations.state import BankState
from bank.workflow.upkeep.disk_state import DiskState

GAUGES: Mapping[str, str] = {
    "bank_jobs": "Jobs by kind and state",
    "bank_oldest_job_seconds": "Seconds that the oldest waiting job of a kind has waited, 0 where none waits",
    "bank_pending": "Entries that wait for the index or for vectors",
    "bank_pending_failed": "Entries set aside because the index or the vectors could not take them",
    "bank_pending_oldest_seconds": "Seconds that the oldest such entry has waited, 0 where none waits",
    "bank_disk_free_bytes": "Bytes free on that disk of catalogue, originals and index that has the least room",
    "bank_worker_alive": "1 while a worker runs, else 0",
    "bank_alarms": "Alarms that stand",
    "bank_last_backup_timestamp_seconds": "When the last backup was made; absent where none was",
    "bank_last_backup_bytes": "Size of the last backup",
    "bank_last_backup_proved_timestamp_seconds": "When a restore of that backup was last proved; absent where never",
    "bank_last_proof_timestamp_seconds": "When a restore of any backup was last proved; absent where never",
    "bank_originals_round_timestamp_seconds": "When the last whole look over the originals ended; absent where none",
    "bank_originals_damaged": "Originals that the look found missing or altered",
}
"""Name -> help, in the order in which they are written."""


Figure = tuple[str, str, int | float]
"""(gauge, its labels in braces or an empty text, value)."""


def gauges_text(figures: Iterable[Figure]) -> str:
    """The figures as gauges. What there is not, such as a first backup, has no line."""
    found: dict[str, list[str]] = {name: [] for name in GAUGES}
    for name, labels, value in figures:
        found[name].append(f"{name}{labels} {value}")
    lines = []
    for name, some in found.items():
        if some:
            lines += [f"# HELP {name} {GAUGES[name]}", f"# TYPE {name} gauge", *some]
    return "\n".join([*lines, ""])


def figures_of_machine(disk: DiskState, worker: bool) -> Iterator[Figure]:
    """What is known without the catalogue: free room, and whether a worker runs."""
    yield "bank_disk_free_bytes", "", disk.free
    yield "bank_worker_alive", "", int(worker)


def figures_of(state: BankState) -> Iterator[Figure]:
    """What the catalogue tells of the state."""
    for queue in state.queues:
        for name in ("waiting", "running", "failed", "cancelled"):
            yield "bank_jobs", f'{{kind="{queue.kind}",state="{name}"}}', getattr(queue, name)
        yield "bank_oldest_job_seconds", f'{{kind="{queue.kind}"}}', queue.age(state.moment).total_seconds()
    for lag in state.lags:
        of = f'{{work="{lag.work}"}}'
        yield "bank_pending", of, lag.waiting
        yield "bank_pending_failed", of, lag.failed
        yield "bank_pending_oldest_seconds", of, lag.age(state.moment).total_seconds()
    yield "bank_alarms", "", len(state.alarms)
    yield "bank_originals_damaged", "", len(state.look.faults)
    yield from figures_of_backup(state)


def figures_of_backup(state: BankState) -> Iterator[Figure]:
    """Moments of backup, proof and whole look, as seconds since 1970."""
    if state.backup is not None:
        yield "bank_last_backup_timestamp_seconds", "", state.backup.made.timestamp()
        yield "bank_last_backup_bytes", "", state.backup.size
        if state.backup.proved is not None:
            yield "bank_last_backup_proved_timestamp_seconds", "", state.backup.proved.timestamp()
    if state.proof is not None:
        yield "bank_last_proof_timestamp_seconds", "", state.proof.moment.timestamp()
    if state.whole_round is not None:
        yield "bank_originals_round_timestamp_seconds", "", state.whole_round.ended.timestamp()


def state_in_words(state: BankState) -> dict[str, str]:
    """The state in English words, beside the checks that say whether the bank is ready."""
    told = {f"jobs {queue.kind}": words_of_queue(queue.waiting, queue.running, queue.failed) for queue in state.queues}
    ages = {f"oldest job {queue.kind}": queue.age(state.moment) for queue in state.queues if queue.oldest}
    ages |= {f"oldest waiting for {lag.work}": lag.age(state.moment) for lag in state.lags if lag.oldest}
    told |= {name: f"{int(age.total_seconds())} s" for name, age in ages.items()}
    told |= {f"waiting for {lag.work}": f"{lag.waiting}, set aside {lag.failed}" for lag in state.lags}
    told["disk"] = f"{state.disk.free} bytes free"
    told["alarms"] = ", ".join(alarm.name for alarm in state.alarms) or "none"
    return told | words_of_backup(state)


def words_of_queue(waiting: int, running: int, failed: int) -> str:
    return f"{waiting} waiting, {running} running, {failed} failed"


def words_of_backup(state: BankState) -> dict[str, str]:
    """Last backup, its proof, last whole look, each with its moment in ISO 8601."""
    backup, whole = state.backup, state.whole_round
    proved = backup.proved if backup is not None else None
    return {
        "backup": f"{backup.made.isoformat()}, {backup.size} bytes" if backup else "none has been made yet",
        "backup proved": proved.isoformat() if proved else "no",
        "originals looked over": whole.ended.isoformat() if whole else "no whole round yet",
    }
