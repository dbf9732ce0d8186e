"""Mail that an installation without a mail server writes to files. Each holds an address in clear, so none stays."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from langbord.base import clock
from langbord.vault.rotation import overwrite

KEPT = timedelta(days=1)
"""The codes in them live for minutes."""


def out_of_date() -> list[Path]:
    """Those that are older than anybody needs."""
    before = (clock.now() - KEPT).timestamp()
    return [path for path, changed in _files() if changed < before]


def forget(address: str) -> None:
    """Remove what was written to this address, because somebody goes."""
    if address:
        wanted = address.lower().encode()
        remove(path for path, _changed in list(_files()) if wanted in _content(path))


def remove(paths: Iterable[Path]) -> int:
    """How many. One that goes in the same moment is gone all the same."""
    removed = 0
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            overwrite(path)
            path.unlink()
            removed += 1
    return removed


def _content(path: Path) -> bytes:
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes().lower()
    return b""


def _files() -> Iterator[tuple[Path, float]]:
    """Each with when it was written."""
    folder = settings.EMAIL_FILE_PATH
    if not folder or not Path(folder).is_dir():
        return
    for path in Path(folder).iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.is_file():
                yield path, path.stat().st_mtime
