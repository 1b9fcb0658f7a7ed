"""One fault of a book: where, what, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its file, its field, the reason and the remedy."""

    file: str
    field: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        """One clear line."""
        return f"{self.file}: {self.field}: {self.reason}; {self.remedy}"


def file_of(rule_id: str) -> str:
    """The file of the catalogue in which a rule stands."""
    return f"rules/catalogue/{rule_id.lower().replace('-', '_')}.py"
