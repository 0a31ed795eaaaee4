"""What the forms of the people desk send."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bank.clock import now
from bank.errors import Fault, InvalidFields
from bank.messages import N_
from bank.workflow.people.inviting import EDITOR_NEEDS_CITY, Invitee, NewMembership

DAY_UNREADABLE = N_("That is no day: write it as year, month and day.")
LONGEST_PERSON_FIELD = 400


class MembershipForm(BaseModel):
    """Speaking for a city."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    city: str = Field(default="", max_length=LONGEST_PERSON_FIELD)
    part: str = Field(default="liaison", max_length=LONGEST_PERSON_FIELD)
    since: str = Field(default="", max_length=LONGEST_PERSON_FIELD)
    until: str = Field(default="", max_length=LONGEST_PERSON_FIELD)

    @staticmethod
    def day(text: str, field: str) -> date | None:
        """A day; None for nothing. Raises Faulty, naming the field."""
        try:
            return date.fromisoformat(text.strip()) if text.strip() else None
        except ValueError:
            raise InvalidFields([Fault(field, DAY_UNREADABLE)]) from None

    def parts(self) -> tuple[NewMembership, ...]:
        """The membership, from today on where no first day was given; none where no city was chosen. Raises Faulty."""
        since, until = self.day(self.since, "since"), self.day(self.until, "until")
        return (NewMembership(self.city, self.part, since or now().date(), until),) if self.city else ()

    def needed_part(self) -> NewMembership:
        """The membership. Raises Faulty, where no city was chosen too."""
        for part in self.parts():
            return part
        raise InvalidFields([Fault("city", EDITOR_NEEDS_CITY)])


class InvitationForm(MembershipForm):
    """An invitation."""

    email: str = Field(default="", max_length=LONGEST_PERSON_FIELD)
    name: str = Field(default="", max_length=LONGEST_PERSON_FIELD)
    role: str = Field(default="editor", max_length=LONGEST_PERSON_FIELD)

    def wanted(self) -> Invitee:
        """Who is to be invited. Raises Faulty."""
        return Invitee(self.email, self.role, self.name, self.parts())
