"""From facts to subjects: which kinds there are and who computes them."""

from collections.abc import Callable, Iterator

from rules.subjects import office_duties, own_part
from rules.subjects.fields import Reading, Subject

READERS: dict[str, Callable[[Reading], Iterator[Subject]]] = {
    "offers": office_duties.offers,
    "plan": office_duties.plan,
    "promise": office_duties.promises,
    "childcare": office_duties.childcare,
    "review": office_duties.review,
    "no_show": own_part.no_shows,
    "entitlement": own_part.entitlement,
    "own_step": own_part.own_steps,
    "contact": own_part.contact,
}


def subjects_of(reading: Reading, kind: str) -> tuple[Subject, ...]:
    """All subjects of one kind on the day of the reading, in the order of the facts."""
    return tuple(READERS[kind](reading))
