"""Request and response bodies of the writing part of the API."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bank.web.api.search.shapes import EntryShape
from bank.web.api.shapes import Shape

RemarksText = Annotated[str, Field(max_length=5000)]
PersonNameText = Annotated[str, Field(max_length=120)]
AgreementVersion = Annotated[str, Field(max_length=20)]


class RequestShape(BaseModel):
    """Base of request bodies: unknown fields are refused, no type is converted into another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class BegunShape(Shape):
    """A new draft. `job` reads its files, null where there are none. `url` is the address of its page once public."""

    id: int
    uid: str
    status: str
    version: int
    job: int | None
    url: str


class SavedShape(Shape):
    """An entry after a change: its new version, when it was saved, and which fields changed."""

    id: int
    version: int
    saved: datetime
    fields: list[str]


class AddedShape(SavedShape):
    """An entry after files were added. `job` reads them, null where there is nothing to read."""

    job: int | None


class MovedShape(Shape):
    """An entry after a move: its new status and version, and when it moved."""

    id: int
    status: str
    version: int
    saved: datetime


class SubmitShape(RequestShape):
    """`accept` is the version of the agreement that the depositor accepts; `remarks` are for the network."""

    accept: AgreementVersion = ""
    remarks: RemarksText = ""


class ReturnShape(RequestShape):
    """`remarks` tell the city what to change."""

    remarks: RemarksText


class PublishShape(RequestShape):
    """`second` names another person who checked the entry, needed where nobody else could publish it."""

    second: PersonNameText = ""


class WithdrawShape(RequestShape):
    """`reason` is shown to everybody; needed where the entry is public."""

    reason: RemarksText = ""


class FileSaidShape(RequestShape):
    """A file's licence. `people`: nobody, adults or minors can be recognised; `consents`: where the city keeps them."""

    licence: str | None = None
    people: str | None = None
    consents: str | None = None


class ImageSaidShape(FileSaidShape):
    """A picture's description. `texts` is its alternative text by language."""

    texts: dict[str, str] | None = None
    author: str | None = None


class RelationShape(RequestShape):
    """The relation of the entry `other` to this one. `kind`: version (this is a newer one), related or distinct."""

    other: Annotated[int, Field(ge=1, le=2**31 - 1)]
    kind: Annotated[str, Field(json_schema_extra={"enum": ["version", "related", "distinct"]})]


class LookAlikeShape(Shape):
    """An entry that looks like this one. `why`: same_file, same_text or same_title; `likeness` from 0 to 1.

    `said` is the relation that somebody chose, null while nobody has chosen one.
    """

    entry: EntryShape
    status: str
    why: str
    likeness: float
    said: str | None


class LookAlikesShape(Shape):
    """The look-alikes of an entry, the most alike first."""

    entries: list[LookAlikeShape]


class SubmissionShape(Shape):
    """A submission: its status, since when, whose turn it is (city, network, nobody), and the last remarks."""

    entry: EntryShape
    status: str
    since: datetime
    turn: str
    remarks: str


class SubmissionsShape(Shape):
    """A list of submissions."""

    submissions: list[SubmissionShape]


class JobShape(Shape):
    """The progress of a job: `done` of `total` steps, null while unknown.

    `state`: waiting, running, done, failed or cancelled.
    """

    id: int
    state: str
    done: int
    total: int | None
    message: str


class AgreementShape(Shape):
    """The agreement on deposits and the privacy notice, by language. `version` is what `submit` takes as `accept`."""

    version: str
    texts: dict[str, str]
    privacy: dict[str, str]
