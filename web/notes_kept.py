"""Notes beside a command: kept once per subject, after the command was accepted."""

from collections.abc import Mapping

from store import notes
from store.tables import JourneyRow
from web.access import Visit


def keep_notes(visit: Visit, row: JourneyRow, said: Mapping[str, str]) -> None:
    """Keep what was written about each subject; the same form sent again adds nothing."""
    if not said:
        return
    store = visit.services.store
    with store.write() as session:
        known = {note.subject for note in notes.of(session, store, row.id)}
        for subject, text in said.items():
            if subject not in known:
                notes.add(session, store, row, text=text, author=visit.actor.id, about=subject)
