"""The secret Django signs with: made at the first run, readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import secrets
import uuid
from pathlib import Path


def secret_key(path: Path) -> str:
    """Read it; make it if it is not there. Two processes that start at once get the same. OSError if unreadable.

    Losing it ends sessions and nothing more: no text is sealed with it.
    """
    with contextlib.suppress(FileNotFoundError):
        if kept := path.read_text("ascii").strip():
            return kept
        path.unlink()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    return path.read_text("ascii").strip()
