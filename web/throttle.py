"""Slows down guessing of passwords: per account and place, so that nobody can lock somebody else out."""

from collections import deque
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from threading import Lock

WINDOW = timedelta(minutes=15)
TRIES = 5
TRIES_FROM_ONE_PLACE = 60
KEPT = 20_000


class Throttle:
    """Counts failed sign-ins; keeps hashes only, and forgets them after the window."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._failures: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wait_minutes(self, login: str, place: str, now: datetime) -> int:
        """How many minutes this account must wait at this place; 0 for none."""
        with self._lock:
            waits = [
                self._wait(_key(login, place), TRIES, now),
                self._wait(_key("", place), TRIES_FROM_ONE_PLACE, now),
            ]
        return max(waits)

    def failed(self, login: str, place: str, now: datetime) -> None:
        """Count a failure."""
        with self._lock:
            if len(self._failures) > KEPT:
                self._failures.clear()
            for key in (_key(login, place), _key("", place)):
                self._failures.setdefault(key, deque(maxlen=TRIES_FROM_ONE_PLACE)).append(now)

    def succeeded(self, login: str, place: str) -> None:
        """Forget the failures of this account at this place."""
        with self._lock:
            self._failures.pop(_key(login, place), None)

    def _wait(self, key: str, tries: int, now: datetime) -> int:
        recent = [at for at in self._failures.get(key, ()) if now - at < WINDOW]
        if len(recent) < tries:
            return 0
        return max(1, ceil((recent[-tries] + WINDOW - now).total_seconds() / 60))


def _key(login: str, place: str) -> str:
    return sha256(f"{login.strip().casefold()}\x1f{place}".encode()).hexdigest()
