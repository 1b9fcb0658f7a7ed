"""An appointment for the participant's calendar: no name, and a short time zone that any program reads."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.calendar import BERLIN

DURATION = timedelta(minutes=60)
_OCTETS = 73
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


@dataclass(frozen=True)
class CalendarEntry:
    """When and where; `uid` is the appointment's id, so that a moved appointment replaces itself."""

    uid: str
    start: datetime
    place: str
    title: str
    stamp: datetime


def ics(entry: CalendarEntry) -> str:
    """The entry as an iCalendar document (RFC 5545) with local times."""
    local = entry.start.astimezone(BERLIN)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pakt//Notices//EN",
        "METHOD:PUBLISH",
        *_ZONE.splitlines(),
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{entry.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{int(entry.stamp.timestamp()) // 60}",
        f"DTSTART;TZID=Europe/Berlin:{local:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/Berlin:{local + DURATION:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_escaped(entry.title)}",
        f"LOCATION:{_escaped(entry.place)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())


def _folded(line: str) -> str:
    parts, rest = [], line
    while len(rest.encode()) > _OCTETS:
        end = _OCTETS
        while len(rest[:end].encode()) > _OCTETS:
            end -= 1
        parts.append(rest[:end])
        rest = rest[end:]
    return "\r\n ".join([*parts, rest])
