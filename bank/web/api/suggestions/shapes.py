"""Request and response bodies of tag suggestions."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bank.web.api.shapes import Shape

LONGEST_SUGGEST_TEXT = 20_000
LONGEST_SUGGEST_TITLE = 1000
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]


class SuggestedForShape(BaseModel):
    """A text of at most 20,000 characters. Its `date` tells which Charter the numbers of principles in it are of.

    `language` may be given and changes nothing: every text is read in all languages.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: Annotated[str, Field(max_length=LONGEST_SUGGEST_TITLE)] = ""
    text: str
    language: Annotated[str, Field(max_length=35)] | None = None
    date: PartialDate | None = None


class EvidenceShape(Shape):
    """A sentence. `file` and `page` are numbered from 1; both are null where it stands on no page."""

    file: int | None
    page: int | None
    text: str


class SuggestedShape(Shape):
    """A term with its score (0 to 1: how likely it is right) and the sentences that speak for it.

    `why` lists the words of the term's word list that the text has; `mentioned`: the text names the principle's number.
    """

    label: str
    score: float
    evidence: list[EvidenceShape]
    why: list[str]
    mentioned: bool


class SuggestedPrincipleShape(SuggestedShape):
    """`value` is the number of a principle of the Charter of 2020."""

    value: int


class SuggestedThemeShape(SuggestedShape):
    """`value` is the id of a theme."""

    value: str


class SuggestedTagsShape(Shape):
    """The likely terms, the best first. `method` is the version of the method and whether it used meaning."""

    principles: list[SuggestedPrincipleShape]
    themes: list[SuggestedThemeShape]
    method: str
