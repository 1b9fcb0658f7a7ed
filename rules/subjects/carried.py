"""What carries a course: a duty, a claim, or an admission that BAMF still grants."""

from domain.facts import CaseFacts
from rules.subjects.fields import Reading


def course_carried(reading: Reading[CaseFacts]) -> bool:
    """True if a duty, a claim or an admission is in hand (A-32).

    Admissions under § 44 (4) AufenthG stopped on 9 February 2026; the day of the admission decides (A-25).
    """
    found = reading.facts.entry("course_entitlement", reading.on)
    if found is None or found.value == "none":
        return False
    if found.value != "admission":
        return True
    return reading.dated("MIT-02.admissions", found.valid_from) == 1
