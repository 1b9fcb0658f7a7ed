"""A municipality as people type it: by key, by an entry of the list, or by a name that only one bears."""

from domain.errors import InvalidInput
from store import editions

KEY_DIGITS = 8


def read_town(text: str, field: str) -> str:
    """The AGS that was typed.

    Raises:
        InvalidInput: `unknown_ags` or `ambiguous_municipality`, naming the field.
    """
    known = editions.municipalities()
    key = text[:KEY_DIGITS]
    if key.isdigit() and len(key) == KEY_DIGITS:
        if key in known:
            return key
        raise InvalidInput("unknown_ags", field=field)
    bearing = [entry for entry in known.values() if entry.name.casefold() == text.casefold()]
    if len(bearing) > 1:
        options = ", ".join(f"{entry.ags} ({entry.district})" for entry in bearing)
        raise InvalidInput("ambiguous_municipality", field=field, options=options)
    if not bearing:
        raise InvalidInput("unknown_ags", field=field)
    return bearing[0].ags
