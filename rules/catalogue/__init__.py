"""The rules: one file each. A new file is a new rule; nothing else names it."""

from importlib import import_module
from pkgutil import iter_modules

from rules.shape import Rule


def _rules_of(name: str) -> tuple[Rule, ...]:
    """The rule of a file, or its dated versions, the oldest first."""
    module = import_module(f"{__name__}.{name}")
    versions: tuple[Rule, ...] = getattr(module, "RULES", ()) or (module.RULE,)
    return versions


RULES: tuple[Rule, ...] = tuple(
    rule for name in sorted(found.name for found in iter_modules(__path__)) for rule in _rules_of(name)
)
