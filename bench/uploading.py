"""Searching while others upload: search latency without and with uploads of 50 MB, and the memory of the web process.

    python bench/uploading.py [ENTRIES] [--seconds 30] [--uploaders 2] [--keep FOLDER]

`bank serve` answers searches one after the other; meanwhile clients post PDFs of 50 MB through the API with a token,
each as a new deposit, as fast as they are taken. The files are read by the worker as in any bank.
"""

import argparse
import http.client
import secrets
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from banks import made
from measuring import command, environment, machine, percentile
from pages import PORT, ask, searches, serving

MB = 1024 * 1024
SIZE = 50 * MB - 4096
PERSON = "banco@ciudad.example"
BOUNDARY = "0f8fad5bd9cb469fa165"


@dataclass(slots=True)
class Uploads:
    """What the uploaders did: how long each took, in seconds, and the most that the web process held meanwhile."""

    took: list[float] = field(default_factory=list)
    peak: int = 0


def main() -> None:
    """Prints one table."""
    reader = argparse.ArgumentParser()
    reader.add_argument("entries", nargs="?", type=int, default=1_000)
    reader.add_argument("--seconds", type=float, default=30)
    reader.add_argument("--uploaders", type=int, default=2)
    reader.add_argument("--keep", type=Path)
    given = reader.parse_args()
    print(f"{machine()}; {given.entries} entries, {given.uploaders} uploaders of 50 MB\n")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "copy"
        shutil.copytree(made(given.keep or Path(folder), given.entries), home)
        token = signed_up(home)
        with serving(home, {"BANK_PERSON_QUOTA_MB": "100000", "BANK_QUOTA_MB": "100000"}) as process:
            report(process, token, given.seconds, given.uploaders)


def report(process: psutil.Process, token: str, seconds: float, uploaders: int) -> None:
    """Measures without uploads, with them, and again without."""
    print("| searches | p50 ms | p95 ms | worst ms | memory of the web process, MB |\n|---|---|---|---|---|")
    searched(10)
    base = searched(seconds)
    line("alone", base, process.memory_info().rss)
    with uploading(process, token, uploaders) as uploads:
        beside = searched(seconds)
    line("while uploading", beside, uploads.peak)
    time.sleep(5)
    after = searched(seconds)
    line("afterwards", after, process.memory_info().rss)
    ratio = percentile(beside, 0.95) / percentile(base, 0.95)
    print(f"\np95 while uploading / alone: {ratio:.2f}; {len(uploads.took)} uploads of 50 MB", end="")
    print(f", {percentile(uploads.took, 0.5):.2f} s each at the median" if uploads.took else "")


def searched(seconds: float) -> list[float]:
    """Milliseconds of searches asked one after the other for so long."""
    addresses = searches()["search page, 20 hits, snippets, facets"]
    took: list[float] = []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        took.append(ask(addresses[len(took) % len(addresses)]))
    return took


def line(name: str, took: list[float], memory: int) -> None:
    figures = " | ".join(f"{value:.1f}" for value in (percentile(took, 0.5), percentile(took, 0.95), max(took)))
    print(f"| {name} | {figures} | {memory / MB:.0f} |", flush=True)


def signed_up(home: Path) -> str:
    """A token of a coordinator who may deposit."""
    add = command("user", "add", PERSON, "--role", "coordinator", "--password-stdin")
    subprocess.run(add, env=environment(home), input=f"{secrets.token_hex(12)}\n", text=True, check=True)
    told = command("token", "add", PERSON, "--name", "bench")
    made = subprocess.run(told, env=environment(home), stdout=subprocess.PIPE, text=True, check=True)
    return made.stdout.strip()


@contextmanager
def uploading(process: psutil.Process, token: str, uploaders: int) -> Iterator[Uploads]:
    """Posts one file after the other from so many clients until the block ends."""
    uploads, stop = Uploads(), threading.Event()
    body = form()

    def post() -> None:
        while not stop.is_set():
            began = time.monotonic()
            sent(body, token)
            uploads.took.append(time.monotonic() - began)

    def watch() -> None:
        while not stop.wait(0.05):
            uploads.peak = max(uploads.peak, process.memory_info().rss)

    threads = [threading.Thread(target=act) for act in (*[post] * uploaders, watch)]
    for thread in threads:
        thread.start()
    try:
        yield uploads
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def form() -> bytes:
    """A form with one PDF: a page, and bytes that nothing can compress."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="metadata"\r\n\r\n{{"title": "Prueba"}}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="grande.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return head.encode() + pdf(secrets.token_bytes(SIZE)) + f"\r\n--{BOUNDARY}--\r\n".encode()


def pdf(ballast: bytes) -> bytes:
    """A PDF of one page with a stream of these bytes that no page shows."""
    text = b"BT /F1 12 Tf 72 700 Td (Un documento grande de prueba con pocas palabras.) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(ballast), ballast),
    )
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    return made + b"xref\n0 7\n0000000000 65535 f \n%strailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        start,
    )


def sent(body: bytes, token: str) -> None:
    """Posts the form as a new deposit."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=300)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    connection.request("POST", "/api/v1/entries", body, headers)
    answer = connection.getresponse()
    told = answer.read()
    connection.close()
    if answer.status != 202:
        raise RuntimeError(f"{answer.status}: {told[:300]!r}")


if __name__ == "__main__":
    main()
