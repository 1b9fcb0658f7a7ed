"""Writes `domain/calendars/bw-2026.json`: the public holidays of Baden-Württemberg.

They come from the `holidays` package. Run `python -m tests.support.generate_calendar` from the
root; a test generates again and compares.
"""

import json
from pathlib import Path

import holidays

FIRST_YEAR, LAST_YEAR = 2015, 2050
TARGET = Path(__file__).parents[2] / "domain" / "calendars" / "bw-2026.json"


def calendar_text() -> str:
    """The file as it must be, byte for byte."""
    found = holidays.country_holidays(
        "DE", subdiv="BW", years=range(FIRST_YEAR, LAST_YEAR + 1), language="de"
    )
    content = {
        "id": "bw_2026",
        "first": f"{FIRST_YEAR}-01-01",
        "last": f"{LAST_YEAR}-12-31",
        "holidays": [day.isoformat() for day in sorted(found)],
    }
    return json.dumps(content, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(calendar_text(), encoding="utf-8")
