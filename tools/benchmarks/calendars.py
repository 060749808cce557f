"""One week's shifts and holidays, in working minutes; the plain twin of the little that the generator writes."""
import dataclasses
import datetime
import re
import tomllib

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclasses.dataclass
class Calendar:
    start: datetime.datetime   # the plan's
    shifts: list               # for each weekday, (from, to) in minutes of the day, in order
    holidays: list             # (first, last) days, both included

    def working_minutes(self, until):
        """Working minutes from the plan's start until then."""
        total, day = 0, self.start.date()
        while day <= until.date():
            if not any(first <= day <= last for first, last in self.holidays):
                end = 1440 if day < until.date() else until.hour * 60 + until.minute
                total += sum(max(0, min(end, to) - begin) for begin, to in self.shifts[day.weekday()])
            day += datetime.timedelta(days=1)
        return total


def read_calendar(path):
    """None where the plan counts periods."""
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    plan = settings["plan"]
    if plan.get("time") == "periods":
        return None
    rules = settings["calendars"][plan["calendar"]]
    start = datetime.datetime.combine(plan["start"], datetime.time())
    return Calendar(start, [_shifts(rules.get(day, "")) for day in WEEKDAYS],
                    [_days(exception["dates"]) for exception in rules.get("exceptions", ())])


def _shifts(text):
    hours = [(int(h1) * 60 + int(m1), int(h2) * 60 + int(m2))
             for h1, m1, h2, m2 in re.findall(r"(\d+):(\d+)-(\d+):(\d+)", text)]
    return sorted(hours)


def _days(text):
    first, _, last = text.partition("..")
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
