"""What a notice must never say: the office helps and asks, it threatens nothing and judges nobody."""

import re

_FORBIDDEN = {
    "de": (
        r"sanktion",
        r"kürz(?:en|t|ung)",
        r"straf",
        r"verpflicht",
        r"\bpflicht",
        r"mitwirkungs",
        r"verstoß",
        r"versäum",
        r"\bmüssen\b",
        r"\bmahn",
        r"aufforder",
        r"konsequenz",
        r"folgen haben",
        r"nachteil",
        r"ausländerbehörde",
        r"aufenthaltsrechtlich",
        r"leistungsentzug",
        r"letztmal",
        r"bußgeld",
        r"\bandernfalls\b",
        r"score",
        r"\bpunkte",
    ),
    "en": (
        r"sanction",
        r"\bcuts?\b",
        r"reduc(?:e|tion)",
        r"penal",
        r"punish",
        r"oblig",
        r"\bduty\b",
        r"breach",
        r"violat",
        r"\bmust\b",
        r"\bwarn",
        r"consequence",
        r"disadvantage",
        r"immigration office",
        r"\bfines?\b",
        r"final notice",
        r"\botherwise\b",
        r"score",
        r"\bpoints\b",
    ),
}


def guarded(language: str) -> bool:
    """True where a list of forbidden words exists; no other language can be a checked one."""
    return language in _FORBIDDEN


def forbidden_words(text: str, language: str) -> tuple[str, ...]:
    """Every forbidden word in a text of that language, as it stands there; empty is good."""
    found = (re.search(pattern, text, re.IGNORECASE) for pattern in _FORBIDDEN[language])
    return tuple(match.group(0) for match in found if match)
