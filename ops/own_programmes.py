"""The administrator's own programme files: `<data_dir>/programmes`, read by every process alike."""

from pathlib import Path

from store import editions


def use_own_programmes(data_dir: Path) -> None:
    """Read them beside the packaged ones; a broken file raises `InvalidInput` with line and remedy."""
    own = data_dir / "programmes"
    editions.use_directory(own if own.is_dir() else None)
