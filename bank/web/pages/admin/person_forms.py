"""The fields of the people desk's forms."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bank.clock import now
from bank.errors import Fault, InvalidFields
from bank.messages import N_
from bank.workflow.people.inviting import EDITOR_NEEDS_CITY, Invitee, NewMembership

DAY_UNREADABLE = N_("That is no day: write it as year, month and day.")
LONGEST_PERSON_FIELD = 400


class MembershipForm(BaseModel):
    """Form fields of a membership: the city, the part (liaison, ...), first and last day as YYYY-MM-DD."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    city: str = Field(default="", max_length=LONGEST_PERSON_FIELD)
    part: str = Field(default="liaison", max_length=LONGEST_PERSON_FIELD)
    since: str = Field(default="", max_length=LONGEST_PERSON_FIELD)
    until: str = Field(default="", max_length=LONGEST_PERSON_FIELD)

    @staticmethod
    def day(text: str, field: str) -> date | None:
        """The day in a text (YYYY-MM-DD); None for an empty one. Raises InvalidFields for `field`."""
        try:
            return date.fromisoformat(text.strip()) if text.strip() else None
        except ValueError:
            raise InvalidFields([Fault(field, DAY_UNREADABLE)]) from None

    def parts(self) -> tuple[NewMembership, ...]:
        """The membership, from today where no first day was given; empty where no city was chosen.

        Raises InvalidFields for a day that can't be read.
        """
        since, until = self.day(self.since, "since"), self.day(self.until, "until")
        return (NewMembership(self.city, self.part, since or now().date(), until),) if self.city else ()

    def needed_part(self) -> NewMembership:
        """The membership. Raises InvalidFields for a day that can't be read, and where no city was chosen."""
        for part in self.parts():
            return part
        raise InvalidFields([Fault("city", EDITOR_NEEDS_CITY)])


class InvitationForm(MembershipForm):
    """Form fields of an invitation: mail address, name, role, and a membership."""

    email: str = Field(default="", max_length=LONGEST_PERSON_FIELD)
    name: str = Field(default="", max_length=LONGEST_PERSON_FIELD)
    role: str = Field(default="editor", max_length=LONGEST_PERSON_FIELD)

    def wanted(self) -> Invitee:
        """The person to invite. Raises InvalidFields for a day that can't be read."""
        return Invitee(self.email, self.role, self.name, self.parts())
