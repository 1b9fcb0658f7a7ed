"""The texts: data in each checked language, what they must never say, and how they become a notice."""

from notices.texts.library import checked, codes, languages, version
from notices.texts.rendering import Composed, Rendered, Section, Values, compose, render

__all__ = [
    "Composed",
    "Rendered",
    "Section",
    "Values",
    "checked",
    "codes",
    "compose",
    "languages",
    "render",
    "version",
]
