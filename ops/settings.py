"""One frozen class of settings: from the data directory, then the environment; strict in production."""

import json
import os
import secrets
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from domain.errors import InvalidInput
from domain.ids import NAMESPACE
from domain.model import Handed

PREFIX = "PAKT_"
KEY_BYTES = 32
_FEWEST_DISTINCT = 20
_FILE = "settings.json"
_PRIVATE = 0o600
_OTHERS = 0o077


class Settings(Handed):
    """Everything that differs between installations; `data_dir` holds what is left at its default."""

    data_dir: Path = Path("var")
    database_url: str = ""
    temporal_address: str = "127.0.0.1:7233"
    namespace: str = NAMESPACE
    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(default=1025, ge=1, le=65535)
    mail_from: str = "integrationsmanagement@pakt.invalid"
    desk_host: str = "127.0.0.1"
    desk_port: int = Field(default=8080, ge=1, le=65535)
    demo: bool = False
    production: bool = False
    master_key_file: Path = Path()

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, values: Mapping[str, object]) -> dict[str, object]:
        """Derive what stands in the data directory, so that every process derives the same."""
        filled = dict(values)
        home = Path(str(filled.get("data_dir") or "var")).expanduser().resolve()
        filled["data_dir"] = home
        filled["database_url"] = filled.get("database_url") or f"sqlite:///{home / 'pakt.sqlite'}"
        filled["master_key_file"] = Path(str(filled.get("master_key_file") or home / "master.key"))
        return filled

    def master_key(self) -> bytes:
        """The 32 bytes above all keys; refuses a missing, short or guessable file with one clear sentence."""
        path = self.master_key_file
        if not path.is_file():
            raise InvalidInput("master_key_missing", field="master_key_file", file=str(path))
        text = path.read_text(encoding="ascii", errors="replace").strip()
        try:
            key = bytes.fromhex(text)
        except ValueError:
            raise InvalidInput("master_key_malformed", field="master_key_file", file=str(path)) from None
        if len(key) < KEY_BYTES:
            raise InvalidInput("master_key_short", field="master_key_file", file=str(path))
        if _patterned(key):
            raise InvalidInput("master_key_default", field="master_key_file", file=str(path))
        return key[:KEY_BYTES]

    def refuse_unsafe(self) -> None:
        """In production: no demo clock, a real key, and a key file that nobody else can read."""
        if not self.production:
            return
        if self.demo:
            raise InvalidInput("demo_in_production", field="demo")
        self.master_key()
        if self.master_key_file.stat().st_mode & _OTHERS:
            raise InvalidInput("key_file_readable", field="master_key_file", file=str(self.master_key_file))

    def save(self) -> Path:
        """Write the settings for the other processes of this data directory; only the owner may read them."""
        self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.data_dir / _FILE
        draft = path.with_suffix(".new")
        draft.touch(mode=_PRIVATE)
        draft.chmod(_PRIVATE)
        draft.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        draft.replace(path)
        return path


def load(data_dir: Path | str | None = None, *, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a data directory: its file, then `PAKT_*`; refuses what is unknown, wrong or unsafe."""
    env = os.environ if environment is None else environment
    home = Path(data_dir or env.get(f"{PREFIX}DATA_DIR") or "var").expanduser().resolve()
    values = _from_file(home / _FILE) | _from_environment(env)
    settings = _checked({**values, "data_dir": home})
    settings.refuse_unsafe()
    return settings


def load_installed(data_dir: Path) -> Settings:
    """`load` for commands that work on what exists already; refuses an empty place instead of filling it."""
    settings = load(data_dir)
    if not settings.master_key_file.is_file() and not (settings.data_dir / _FILE).is_file():
        raise InvalidInput("not_installed", field="--data-dir", directory=str(settings.data_dir))
    return settings


def _patterned(key: bytes) -> bool:
    """True for repeated or counted bytes; a random key looks so once in more than 10^10 draws."""
    steps = {(later - earlier) % 256 for earlier, later in pairwise(key)}
    return len(set(key)) < _FEWEST_DISTINCT or len(steps) == 1


def ensure_master_key(path: Path) -> None:
    """Create a random key, readable by its owner alone, unless the file exists; never replaces one."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(KEY_BYTES) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def _checked(values: Mapping[str, object]) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "settings"
        raise InvalidInput("setting_invalid", field=field, reason=first["type"]) from None


def _from_file(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise InvalidInput("settings_broken", field="settings", file=str(path)) from None
    if not isinstance(values, dict):
        raise InvalidInput("settings_broken", field="settings", file=str(path))
    return values


def _from_environment(env: Mapping[str, str]) -> dict[str, object]:
    names = {
        name.removeprefix(PREFIX).lower(): value for name, value in env.items() if name.startswith(PREFIX)
    }
    return {name: value for name, value in names.items() if name in Settings.model_fields}
