"""What the forms of the people desk send."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bank.clock import now
from bank.errors import Fault, Faulty
from bank.messages import N_
from bank.workflow.people.inviting import NEEDS_CITY, Part, Wanted

NO_DAY = N_("That is no day: write it as year, month and day.")
LONGEST = 400


class PartForm(BaseModel):
    """Speaking for a city."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    city: str = Field(default="", max_length=LONGEST)
    part: str = Field(default="liaison", max_length=LONGEST)
    since: str = Field(default="", max_length=LONGEST)
    until: str = Field(default="", max_length=LONGEST)

    @staticmethod
    def day(text: str, field: str) -> date | None:
        """A day; None for nothing. Raises Faulty, naming the field."""
        try:
            return date.fromisoformat(text.strip()) if text.strip() else None
        except ValueError:
            raise Faulty([Fault(field, NO_DAY)]) from None

    def parts(self) -> tuple[Part, ...]:
        """The membership, from today on where no first day was given; none where no city was chosen. Raises Faulty."""
        since, until = self.day(self.since, "since"), self.day(self.until, "until")
        return (Part(self.city, self.part, since or now().date(), until),) if self.city else ()

    def needed_part(self) -> Part:
        """The membership. Raises Faulty, where no city was chosen too."""
        for part in self.parts():
            return part
        raise Faulty([Fault("city", NEEDS_CITY)])


class WantedForm(PartForm):
    """An invitation."""

    email: str = Field(default="", max_length=LONGEST)
    name: str = Field(default="", max_length=LONGEST)
    role: str = Field(default="editor", max_length=LONGEST)

    def wanted(self) -> Wanted:
        """Who is to be invited. Raises Faulty."""
        return Wanted(self.email, self.role, self.name, self.parts())
