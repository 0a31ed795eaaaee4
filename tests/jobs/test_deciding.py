"""A tag that somebody accepts on a page, in a bank that runs with its worker."""

from pathlib import Path

import httpx2

from bank.settings import Settings
from tests.commands import bank, served
from tests.jobs.test_worker import free_port, wait_for
from tests.people import COORDINATOR, PASSWORD
from tests.web.proposing import workshop


def test_an_accepted_tag_is_soon_found_by_its_filter(
    environment: dict[str, str], people_home: Path, home: Path, tmp_path: Path
) -> None:
    with workshop(people_home, Settings(home=home, semantic="off"), tmp_path / "files") as made:
        garden = made.garden
    quick = {**environment, "BANK_SEMANTIC": "off"}
    ours = {"sec-fetch-site": "same-origin"}
    with served(quick, free_port()) as address, httpx2.Client(base_url=address, headers=ours) as reader:
        wait_for(address, "principle:13", 0)
        reader.post("/login", data={"email": COORDINATOR, "password": PASSWORD})
        values = {"vocabulary": "principle", "term": "13", "outcome": "accepted"}
        assert reader.post(f"/entries/{garden}/suggestions", data=values).status_code == 303
        wait_for(address, "principle:13", 1)
        assert "/principles/13" in reader.get(f"/entries/{garden}").text
    bank(quick, "check")
