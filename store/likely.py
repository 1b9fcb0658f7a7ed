"""Who is likely the same person: asked of a person, never decided by the machine."""

from datetime import date

from sqlmodel import Session, select

from domain.errors import InvalidInput
from store.database import Store
from store.participants import words
from store.tables import SearchTokenRow

_FIRST = (1, 1)


class Likely:
    """Looks for doubles among the participants of one office, and among the lines that were looked at before.

    Only the keyed hashes of names and birth dates are compared, inside the office's own walls.
    """

    def __init__(self, session: Session, store: Store, office: str) -> None:
        """Look into one office."""
        self._session, self._store, self._office = session, store, office
        self._lines: dict[str, list[tuple[int, frozenset[str]]]] = {}

    def double_of(self, line: int, name: str, birth: date) -> InvalidInput | None:
        """A question for the reader, if somebody with this birth date shares a name; None otherwise."""
        born, names = self._store.keys.token(birth.isoformat()), self._hashed(name)
        # The first of January is often nobody's birthday: it says little, so more of the name must agree.
        enough = min(2, len(names)) if (birth.month, birth.day) == _FIRST else 1
        before = self._lines.setdefault(born, [])
        twice = next((no for no, others in before if len(names & others) >= enough), None)
        before.append((line, names))
        if twice is not None:
            return InvalidInput("likely_twice", field="name", line=str(twice))
        journey = self.journey_of(born, names, enough)
        return InvalidInput("likely_known", field="name", journey=journey) if journey else None

    def journey_of(self, born: str, names: frozenset[str], enough: int) -> str | None:
        """A journey of the office whose person has this birth date and enough of these names."""
        here = SearchTokenRow.office_id == self._office
        query = select(SearchTokenRow.journey_id).where(SearchTokenRow.token == born, here)
        for journey in self._session.exec(query):
            mine = select(SearchTokenRow.token).where(SearchTokenRow.journey_id == journey)
            theirs: set[str] = set(self._session.exec(mine).all())
            if len(names & theirs) >= enough:
                return journey
        return None

    def _hashed(self, name: str) -> frozenset[str]:
        return frozenset(self._store.keys.token(word) for word in words(name))
