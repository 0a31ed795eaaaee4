"""What writing is asked with and answers."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bank.web.api.search.shapes import EntryShape
from bank.web.api.shapes import Shape

RemarksText = Annotated[str, Field(max_length=5000)]
PersonNameText = Annotated[str, Field(max_length=120)]
AgreementVersion = Annotated[str, Field(max_length=20)]


class RequestShape(BaseModel):
    """Common to all that is sent: no field beside those named, no value taken for another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class BegunShape(Shape):
    """A deposit that was begun. `job` reads its files, null where there are none. `url` is its page once public."""

    id: int
    uid: str
    status: str
    version: int
    job: int | None
    url: str


class SavedShape(Shape):
    """An entry after a change: its new version, and the fields that are new in it."""

    id: int
    version: int
    saved: datetime
    fields: list[str]


class AddedShape(SavedShape):
    """`job` reads the files that were added, null where there is nothing to read."""

    job: int | None


class MovedShape(Shape):
    """An entry after a move."""

    id: int
    status: str
    version: int
    saved: datetime


class SubmitShape(RequestShape):
    """`accept` is the version of the agreement that was read; `remarks` are for the network."""

    accept: AgreementVersion = ""
    remarks: RemarksText = ""


class ReturnShape(RequestShape):
    """`remarks` say to the city what is to be changed."""

    remarks: RemarksText


class PublishShape(RequestShape):
    """`second` names another person who looked at it, where nobody else could publish it."""

    second: PersonNameText = ""


class WithdrawShape(RequestShape):
    """`reason` can be read by everybody; needed where the entry is public."""

    reason: RemarksText = ""


class FileSaidShape(RequestShape):
    """What is said about a file. `people`: nobody, adults or minors; `consents`: where the city keeps them."""

    licence: str | None = None
    people: str | None = None
    consents: str | None = None


class ImageSaidShape(FileSaidShape):
    """What is said about a picture. `texts` is its alternative text by language."""

    texts: dict[str, str] | None = None
    author: str | None = None


class RelationShape(RequestShape):
    """`kind` says what the entry `other` is to this one: version (this is a newer one), related or distinct."""

    other: Annotated[int, Field(ge=1, le=2**31 - 1)]
    kind: Annotated[str, Field(json_schema_extra={"enum": ["version", "related", "distinct"]})]


class LookAlikeShape(Shape):
    """An entry that looks like this one. `why`: same_file, same_text or same_title; `likeness` from 0 to 1.

    `said` is the relation that somebody chose, null while nobody has.
    """

    entry: EntryShape
    status: str
    why: str
    likeness: float
    said: str | None


class LookAlikesShape(Shape):
    entries: list[LookAlikeShape]


class SubmissionShape(Shape):
    """An entry on its way: its status, since when, whose turn it is (city, network, nobody), what was said last."""

    entry: EntryShape
    status: str
    since: datetime
    turn: str
    remarks: str


class SubmissionsShape(Shape):
    submissions: list[SubmissionShape]


class JobShape(Shape):
    """How far a job is: `state` is waiting, running, done or failed; `done` of `total`, null while not known."""

    id: int
    state: str
    done: int
    total: int | None
    message: str


class AgreementShape(Shape):
    """What depositing means, by language, and the notice on personal data. `version` is what `submit` accepts."""

    version: str
    texts: dict[str, str]
    privacy: dict[str, str]
