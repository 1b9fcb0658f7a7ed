"""A part of Pakt with encryption off, for the control: `python -m tests.privacy.unsealed MODULE [argument …]`.

Keys seal nothing, and payloads and failures go to Temporal as they are.
"""

import runpy
import sys

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter

from ops import codec
from store.keys import KeyRing


def as_it_is(_keys: KeyRing, _owner: str, plain: bytes, **_: object) -> bytes:
    """Neither sealed nor opened."""
    return plain


def converter(_keys: KeyRing, **_: object) -> DataConverter:
    """Pydantic models in the clear."""
    return pydantic_data_converter


def unseal() -> None:
    """Turn encryption off in this process, before any part is imported."""
    vars(codec)["data_converter"] = converter
    for name in ("seal", "open"):
        setattr(KeyRing, name, as_it_is)


if __name__ == "__main__":
    unseal()
    module, sys.argv[1:] = sys.argv[1], sys.argv[2:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
