"""Words of the allocation list: where a card stands, and why it came back."""

from typing import Final

STATES: Final[dict[str, tuple[str, str]]] = {
    "open": ("wartet auf Antwort", "awaits an answer"),
    "accepted": ("angenommen", "accepted"),
    "declined": ("zurückgegeben", "given back"),
    "noted": ("abgelegt", "put away"),
}
REASONS: Final[dict[str, tuple[str, str]]] = {
    "not_here": ("Die Person ist nicht angekommen", "The person has not arrived"),
    "known_already": ("Die Person wird hier schon begleitet", "The person is a participant here already"),
    "wrong_municipality": ("Eine andere Gemeinde ist zuständig", "Another municipality is responsible"),
    "papers_missing": ("Unterlagen oder Angaben fehlen", "Papers or details are missing"),
    "other": ("Anderer Grund, wird telefonisch geklärt", "Another reason, settled by telephone"),
}
