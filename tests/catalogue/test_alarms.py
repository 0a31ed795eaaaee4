from bank.assembly import open_bank
from bank.catalogue.alarms import clear_alarm, raise_alarm, standing_alarms
from bank.settings import Settings


def test_an_alarm_stands_from_when_it_was_noticed_until_it_is_over(settings: Settings) -> None:
    bank = open_bank(settings)
    with bank.database.writing() as session:
        assert raise_alarm(session, "sweep", "{number} originals would go.", number=30)
        first = standing_alarms(session)[0]
        assert not raise_alarm(session, "sweep", "{number} originals would go.", number=31)
        (alarm,) = standing_alarms(session)
        assert (alarm.name, alarm.values["number"], alarm.since) == ("sweep", 31, first.since)
        assert clear_alarm(session, "sweep")
        assert not clear_alarm(session, "sweep")
        assert not standing_alarms(session)
    bank.database.close()
