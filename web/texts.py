"""Page texts: written in German in the templates, with their English here; a missing one stays German."""

import tomllib
from functools import cache
from importlib.resources import files

from web.words import Lang


@cache
def english() -> dict[str, str]:
    """The English of every German text."""
    return dict(tomllib.loads(files("web").joinpath("english.toml").read_text(encoding="utf-8"))["texts"])


def translate(german: str, lang: Lang) -> str:
    """The text in the reader's language."""
    return english().get(german, german) if lang == "en" else german
