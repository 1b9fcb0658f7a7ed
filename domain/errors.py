"""Every way in which Pakt says no. Messages carry codes and ids, never personal data."""

from collections.abc import Mapping


class PaktError(Exception):
    """The base: a code, parameters for the sentence, and whether trying again can help."""

    retryable = False

    def __init__(self, code: str, **params: str) -> None:
        """Keep code and parameters; the sentence is made later, in the reader's language."""
        super().__init__(code, dict(params))
        self.code = code
        self.params: Mapping[str, str] = params

    def __str__(self) -> str:
        """Show code and parameters, for logs."""
        inner = ", ".join(f"{key}={value}" for key, value in sorted(self.params.items()))
        return f"{self.code}({inner})"


class InvalidInput(PaktError):
    """What was handed in is wrong; `params["field"]` names where. HTTP 422, exit code 2."""


class NotPermitted(PaktError):
    """The actor may not do this; a foreign journey is answered like one that does not exist."""


class NotFound(PaktError):
    """There is no such thing, or none that this person may know of. HTTP 404."""


class Refusal(PaktError):
    """The journey refuses a command; nothing changed. HTTP 409."""


class Unconfirmed(PaktError):
    """No answer came in time; the command may or may not have been carried out. Send it again."""

    retryable = True


class Transient(PaktError):
    """A part is away for the moment; trying again by policy can help."""

    retryable = True


class Permanent(PaktError):
    """Trying again cannot help; a person has to look."""


class EngineDisagreement(PaktError):
    """Both evaluations of the rules differ; nothing is decided until a person has looked."""


class InvariantViolation(PaktError):
    """Something that cannot be is so: a defect. Stop and alert, never paper over."""
