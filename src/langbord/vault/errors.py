from __future__ import annotations

from pathlib import Path


class VaultError(Exception):
    """Something about keys or sealing went wrong. Never carries anybody's words."""


class SealError(VaultError):
    """A text could not be sealed, so nothing was stored."""


class KeyUnavailable(VaultError):
    """There is no usable key for this subject."""

    reason = "missing"


class KeyMissing(KeyUnavailable):
    """No key was ever made, or it cannot be unwrapped with the master key at hand."""


class KeyDestroyed(KeyUnavailable):
    """The key was destroyed on purpose. There will never be a new one for this subject."""

    reason = "destroyed"


class KeyFileError(VaultError):
    """A key file is not what it should be. Nothing has been touched."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"{path}: {detail}" if detail else str(path))
        self.path = path


class KeyFileMissing(KeyFileError):
    """The file is gone, but the vault holds keys that only it can open."""


class KeyFileWrong(KeyFileError):
    """The file is there, but it is not the one this vault was made with, or it cannot be read."""
