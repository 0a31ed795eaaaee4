"""`bank serve` and `bank worker`."""

import signal
import threading
from typing import Annotated

import typer

from bank import ingest
from bank.cli.opening import opened, settings, told
from bank.cli.output import err, progress_bar
from bank.cli.workers import Workers
from bank.jobs.acting import indexer
from bank.jobs.logging import log_plainly
from bank.jobs.worker import open_and_run
from bank.messages import N_, say
from bank.workflow import samples
from bank.workflow.parts import Bank


def register(app: typer.Typer) -> None:
    app.command("serve")(serve_command)
    app.command("worker")(worker_command)


def serve_command(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty bank with sample entries first.")] = False,
) -> None:
    """Runs the pages, the API and the worker until it is told to stop."""
    log_plainly()
    shown = f"[{host}]" if ":" in host else host
    with opened(base_url=f"http://{shown}:{port}", make=True) as bank:
        if demo:
            fill(bank)
        err.print(say(N_("The bank is open at {address}"), bank.settings.language, address=f"http://{shown}:{port}/"))
        serve(bank, host, port)


def fill(bank: Bank) -> None:
    """Puts the sample entries into an empty bank, with progress."""
    language = bank.settings.language
    if not samples.wanted(bank):
        return
    err.print(say(N_("Filling the empty bank with sample entries ..."), language))
    with indexer(bank) as index, progress_bar(say(N_("Samples"), language)) as progress:
        samples.fill(bank, progress)
        ingest.close()
        index.finish()


def serve(bank: Bank, host: str, port: int) -> None:
    """The web in this process, the worker in a child; both end together."""
    # Only this command needs the web; the others start half a second sooner without it.
    import uvicorn

    from bank.web.app import create_app

    config = uvicorn.Config(
        create_app(bank),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=25,
        lifespan="off",
    )
    # uvicorn stops gracefully on a signal and raises it again: it must only end this block, so that the worker ends.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    with Workers():
        uvicorn.Server(config).run()


def worker_command(
    parent: Annotated[int, typer.Option(hidden=True, help="End when this process is no longer the parent.")] = 0,
) -> None:
    """Runs a worker of its own: the index, reindexing, OCR."""
    log_plainly()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    given = settings()
    with told(given.language):
        open_and_run(given, stop, parent or None)
