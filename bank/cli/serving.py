"""`bank serve` and `bank worker`."""

import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Annotated

import typer

from bank import ingest
from bank.cli.opening import bank_for_command, exit_on_error, read_settings
from bank.cli.output import err, progress_bar
from bank.cli.people import OPERATOR
from bank.cli.workers import WorkerProcess
from bank.errors import BankError
from bank.jobs.indexer import open_indexer
from bank.jobs.json_lines import log_json_lines
from bank.jobs.waiting import wait_for_turn
from bank.jobs.worker import open_bank_and_run_worker
from bank.messages import N_, say
from bank.search.meaning.encoder import NoModel
from bank.workflow.bank import Bank
from bank.workflow.imports import samples
from bank.workflow.people import mailing, using_links
from bank.workflow.search.unanswered import write_unanswered

LAST_ERRANDS_SECONDS = 10.0
"""Seconds to send the mails that are queued when the bank is stopped."""
OPEN_FOR_READING = N_("The disk can only be read: the bank is open for reading, and nothing can be changed.")


def register(app: typer.Typer) -> None:
    app.command("serve")(serve_command)
    app.command("worker")(worker_command)


def on_ending_signals(stop: Callable[..., None]) -> None:
    """Has `stop` called by the signals that end a service: SIGTERM, SIGINT, and SIGHUP unless it is ignored (nohup)."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, stop)


def serve_command(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty bank with sample entries first.")] = False,
) -> None:
    """Runs the pages, the API and the worker until it is stopped."""
    log_json_lines()
    with exit_on_error(read_settings().language):
        listening = listening_socket(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}"
    with listening, bank_for_command(base_url=address, make=True) as bank:
        if demo:
            fill_empty_bank(bank)
        err.print(say(N_("The bank is open at {address}"), bank.settings.language, address=f"{address}/"))
        mailing.mail_server_of(bank.settings)  # a wrong BANK_MAIL_URL fails now, not at the first mail
        if bank.database.read_only:
            err.print(say(OPEN_FOR_READING, bank.settings.language), markup=False)
        else:
            print_first_admin_link(bank)
        serve_web_and_worker(bank, listening)


def print_first_admin_link(bank: Bank) -> None:
    """Prints the one-time link that makes the first administrator, while the bank has no users."""
    link = using_links.make_first_link(bank, OPERATOR)
    if link is not None:
        sentence = N_("There is nobody yet. Become the first administrator, once, at {link}")
        err.print(say(sentence, bank.settings.language, link=link), markup=False)


def listening_socket(host: str, port: int) -> socket.socket:
    """A listening TCP socket. Raises BankError where the address is in use or not of this machine."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        sentence = N_("The bank can't listen at {host}, port {port}: {reason}")
        raise BankError(sentence, host=host, port=port, reason=error.strerror or str(error)) from None


def fill_empty_bank(bank: Bank) -> None:
    """Puts the sample entries into an empty bank, with a progress bar; leaves any other bank as it is."""
    language = bank.settings.language
    if not samples.are_samples_wanted(bank):
        return
    err.print(say(N_("Filling the empty bank with sample entries ..."), language))
    with open_indexer(bank) as index, progress_bar(say(N_("Samples"), language)) as progress:
        samples.add_missing_samples(bank, progress)
        ingest.close_extractors()
        index.finish()


def serve_web_and_worker(bank: Bank, listening: socket.socket) -> None:
    """Runs the web server in this process and `bank worker` as a child; both end together."""
    # Imported here, as only this command needs them: the others start half a second sooner.
    from bank.web.app import DEADLINES, create_app
    from bank.web.server.descriptors import connections_within, raise_descriptor_limit
    from bank.web.server.running import bounded_server

    most = connections_within(raise_descriptor_limit())
    server = bounded_server(create_app(bank), bank.settings.language, most, DEADLINES)

    def stop(*_: object) -> None:
        server.should_exit = True

    # uvicorn raises the signal again after it has stopped; with this handler the block below still ends the worker.
    on_ending_signals(stop)
    threading.Thread(target=load_models, args=(bank,), name="warming", daemon=True).start()
    with WorkerProcess():
        server.run([listening])
        bank.errands.later(partial(write_unanswered, bank))
        bank.errands.finish(LAST_ERRANDS_SECONDS)


def load_models(bank: Bank) -> None:
    """Loads the embedding model and the tagger, so that the first request need not wait for them."""
    with suppress(NoModel):  # the encoder has logged why; searches and suggestions go on by words
        if bank.meaning is not None:
            bank.meaning.warm()
        bank.tagger.prepare()


def worker_command(
    parent: Annotated[int, typer.Option(hidden=True, help="End when this process is no longer the parent.")] = 0,
) -> None:
    """Runs only the worker: indexing, reindexing, reading deposited files, OCR, vectors."""
    log_json_lines()
    stop = threading.Event()
    on_ending_signals(lambda *_: stop.set())
    given = read_settings()
    with exit_on_error(given.language):
        if wait_for_turn(given, stop, parent or None, lambda sentence: err.print(say(sentence, given.language))):
            open_bank_and_run_worker(given, stop, parent or None)
