"""What a browser has sent: the fields of a form as text, nothing else."""

from fastapi import Request

from domain.errors import InvalidInput
from web.form_fields import Posted

FIELDS_MAX = 400
LENGTH_MAX = 2000


async def form_of(request: Request) -> Posted:
    """The fields of a form with all their values; files and floods are refused."""
    form = await request.form(max_fields=FIELDS_MAX, max_files=0)
    posted: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if not isinstance(value, str) or len(value) > LENGTH_MAX or "\x00" in value:
            raise InvalidInput("too_long", field=name[:40], max=str(LENGTH_MAX))
        posted.setdefault(name, []).append(value)
    return posted
