"""Literal people for the cases of the catalogue: ids, a base of facts, and one line per thing recorded.

Nothing here computes a date: a case that computed its own dates could only agree with itself.
"""

from typing import Any

Facts = dict[str, Any]

JOURNEY = "jrn_" + "1" * 32
OFFICE_OFFER = "apt_" + "1" * 32
SECOND_OFFER = "apt_" + "2" * 32
OFFICE_PROMISE = "com_" + "1" * 32
OWN_STEP = "com_" + "2" * 32
EXCUSE = "exc_" + "1" * 32
PAUSE = "pau_" + "1" * 32
TALK = "tlk_" + "1" * 32
TASK = "tsk_" + "1" * 32
WORKER = "usr_" + "1" * 32
SUBSTITUTE = "usr_" + "2" * 32


def person(**recorded: object) -> Facts:
    """A journey allocated on Monday, 4 January 2027, with consent from 11 January, and what was recorded."""
    base: Facts = {
        "journey": JOURNEY,
        "office": "off_musterkreis",
        "ags": "08111000",
        "t0": "2027-01-04",
        "opened_on": "2027-01-04",
        "programme": "v2026_1",
        "case_worker": "usr_" + "1" * 32,
        "substitute": "usr_" + "2" * 32,
        "consents": [{"purpose": "casework", "outcome": "given", "on": "2027-01-11"}],
    }
    return {**base, **recorded}


def office(**recorded: object) -> Facts:
    """An office of which nothing is known but what was recorded."""
    return {"office": "off_musterkreis", **recorded}


def value(seq: int, code: str, of: str, since: str, about: str = "") -> Facts:
    """A recorded value, known from the day it became true; `about` names which of several."""
    return {
        "about": about,
        "seq": seq,
        "code": code,
        "value": of,
        "valid_from": since,
        "recorded_on": since,
        "source": "office",
    }


def spoke(rule: str, subject: str, episode: str, **stages: str) -> list[Facts]:
    """Stages that acted, `s1` for the first: the day of each."""
    fixed: Facts = {"rule": rule, "subject": subject, "episode": episode}
    return [{**fixed, "stage": int(name[1:]), "on": on} for name, on in stages.items()]
