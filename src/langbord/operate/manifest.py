"""The list of contents of a backup: what it is, what it was made from, and a SHA-256 for each file in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

FORMAT = 1
NAME = "manifest.json"
DATA, VAULT = "data", "vault"


@dataclass
class Manifest:
    """`kind` is data or vault, `engine` sqlite (a database file) or rows (tables as lines, from PostgreSQL).

    `pair` is the same in the two halves of one backup; `counter` counts the backups of an `installation`
    (the id of its canary). `masters` are the ids of the master keys that the vault knew, with the time each was retired (None: in force). `rows` is the
    number of rows per table, `migrations` the applied ones per app, `canary` the SHA-256 of the canary's text.
    """

    kind: str
    engine: str
    pair: str
    counter: int
    made_at: str
    product: str
    installation: str
    format: int = FORMAT
    example: bool = False
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    migrations: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    masters: dict[str, str | None] = field(default_factory=dict)
    keys: int = 0
    destroyed: int = 0
    canary: str = ""

    @property
    def made(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.made_at)

    @property
    def in_force(self) -> str | None:
        return next((key for key, retired in self.masters.items() if retired is None), None)

    def to_bytes(self) -> bytes:
        """JSON that carries a hash of itself, so that a changed list is found too."""
        content = asdict(self)
        content["digest"] = _digest(content)
        return json.dumps(content, indent=1, sort_keys=True).encode()


def from_bytes(raw: bytes) -> Manifest:
    """ValueError if it is not a list of contents, or was changed. One of a later format comes as it is, unchecked, as
    far as it can be understood."""
    content = json.loads(raw)
    if not isinstance(content, dict):
        raise ValueError("not a list of contents")
    digest = content.pop("digest", None)
    if digest != _digest(content):
        raise ValueError("the list of contents was changed")
    if content.get("format", 0) > FORMAT:
        content = {"engine": "", "pair": "", "counter": 0, "installation": ""} | content
    known = {f.name for f in fields(Manifest)}
    try:
        return Manifest(**{name: value for name, value in content.items() if name in known})
    except TypeError as error:
        raise ValueError("not a list of contents") from error


def sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
