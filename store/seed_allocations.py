"""The demo's allocations: three people who were never born, on their way to a municipality."""

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session, select

from domain.allocation_list import Allocated, Line
from domain.permissions import Actor, Role
from store import allocations, people
from store.database import Store
from store.tables_take_over import AllocationRow

_HEAD = "brandt"
_ALLOCATED = (
    (3, Allocated("Sediqi, Parwana", date(1994, 9, 9), "fa-AF", "08115003", date.min)),
    (2, Allocated("Mehari, Yonas", date(1989, 1, 21), "ti", "08115003", date.min)),
    (1, Allocated("Hrytsenko, Dmytro", date(1980, 6, 14), "uk", "08115045", date.min)),
)


def seed_allocations(session: Session, store: Store, today: date) -> None:
    """Make sure that the demo's Landratsamt has sent its three allocations; a second call changes nothing."""
    head = people.by_login(session, _HEAD)
    if head is None or session.exec(select(AllocationRow)).first() is not None:
        return
    actor = Actor(head.id, Role(head.role), head.office_id)
    lines = [
        Line(
            no,
            replace(
                person,
                t0=today - timedelta(days=days),
                address=f"Unterkunft Talstraße {no}",
                number=f"LRA-{7000 + no}",
            ),
        )
        for no, (days, person) in enumerate(_ALLOCATED, start=1)
    ]
    allocations.put_in(session, store, lines, actor=actor, sha256="0" * 64)
