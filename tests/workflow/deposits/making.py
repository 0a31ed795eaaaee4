"""Deposits for tests: people of two fictional desks, a short write-up, what it takes to hand one in."""

import io
from dataclasses import dataclass

from bank.jobs.deposits import do_read_job
from bank.workflow.bank import Bank
from bank.workflow.deposits import files
from bank.workflow.deposits.changing import SavedVersion, change_values
from bank.workflow.deposits.draft import DraftView, open_draft
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.deposits.submitting import submit
from bank.workflow.rights import Viewer

HERE, THERE = "mx-leon", "mx-chihuahua"
TEXT = """# Huertos ficticios

RESUMEN: Cada escuela del barrio cuida un huerto con las familias.

OBJETIVO GENERAL: Que niñas y niños aprendan a cultivar.
"""
NEEDED: dict[str, object] = {
    "title": {"es": "Huertos ficticios"},
    "summary": {"es": "Cada escuela del barrio cuida un huerto con las familias."},
    "start_year": 2023,
    "themes": ["medio-ambiente"],
    "principles": ["8"],
    "contact": {"post": "Dirección de Educación", "mailbox": "educacion@ciudad.example"},
}


@dataclass(frozen=True, slots=True)
class Desk:
    """A bank and who works with it: editors of two cities, two coordinators."""

    bank: Bank
    editor: Viewer
    stranger: Viewer
    coordinator: Viewer
    other: Viewer

    def view(self, number: int, viewer: Viewer | None = None) -> DraftView:
        return open_draft(self.bank, viewer or self.editor, number)

    def begun(self, text: str = TEXT, name: str = "huertos.md", viewer: Viewer | None = None) -> int:
        """A draft from one file that was read."""
        asked = DepositRequest(incoming=[IncomingFile(name, io.BytesIO(text.encode()))])
        number = start_new_deposit(self.bank, viewer or self.editor, asked).entry
        assert do_read_job(self.bank)
        return number

    def written(self, values: dict[str, object] | None = None, viewer: Viewer | None = None) -> int:
        """A draft that was typed."""
        return start_new_deposit(self.bank, viewer or self.editor, DepositRequest(values=values or NEEDED)).entry

    def changed(self, number: int, values: dict[str, object], viewer: Viewer | None = None) -> SavedVersion:
        return change_values(self.bank, viewer or self.editor, number, self.view(number, viewer).version, values)

    def handed_in(self, number: int | None = None) -> int:
        """A draft with all that it takes, handed in."""
        number = number or self.written()
        for file in self.view(number).files:
            said = {"people": "nobody", "licence": "CC-BY-4.0"}
            files.describe_file(self.bank, self.editor, number, file.view.number, self.view(number).version, said)
        if self.view(number).faults:
            self.changed(number, NEEDED)
        agreement = self.bank.network.agreement.version
        submit(self.bank, self.editor, number, self.view(number).version, accept=agreement)
        return number
