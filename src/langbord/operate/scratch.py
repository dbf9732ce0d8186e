"""A folder for a copy that is needed for a moment: in the data folder, which is private, and never left lying.

A copy of words and keys that a killed drill or backup left behind would outlive the destruction of a key. So whoever makes
the next such folder, and each start of the server, removes those whose maker is dead: each is locked while it is in use.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PREFIX = ".scratch-"
LOCK = "scratch.lock"
"""Held while one is made or swept: between making and locking it looks like one that was left."""
OLDER = (".taking-*",)
"""As earlier versions named theirs; nothing makes them any more."""


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder that goes at the end of the block."""
    with alone(LOCK) as inside:
        _sweep(inside)
        made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=inside))
        handle = os.open(made, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(handle)


def sweep() -> None:
    """Remove what was left by processes that are no more."""
    with alone(LOCK) as inside:
        _sweep(inside)


def _sweep(inside: Path) -> None:
    for left in [found for pattern in (f"{PREFIX}*", *OLDER) for found in inside.glob(pattern)]:
        handle = os.open(left, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            continue  # somebody works in it
        finally:
            os.close(handle)


@contextmanager
def alone(lock: str) -> Iterator[Path]:
    """One at a time under this name, among all processes of the data folder, which is given; a second one waits."""
    inside = Path(settings.DATA_DIR)
    inside.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(inside / lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield inside
    finally:
        os.close(handle)
