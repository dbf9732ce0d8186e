"""Planted words and the search for them: in every file of a folder, in every encoding that a trace could have."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MARK = "zqx"
"""So begins every planted word; it stands in no text of ours (a test sees to it that a search would find it)."""


def word(person: str, number: int) -> str:
    """A word that stands nowhere else: for one person, one field of one row. Small letters only, so that JSON, HTML and
    addresses write it as it is, and a code app takes it for a secret."""
    letters = ""
    for _place in range(5):  # ten letters in all, which is a length that base32 knows
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
    return f"{MARK}{person}{letters}q"


def forms(planted: str) -> dict[str, list[bytes]]:
    """The bytes that would betray `planted`: as text of one or two bytes a letter, as base64 at each of its three
    alignments, as hexadecimal of either case."""
    wide = [planted.encode("utf-16-le"), planted.encode("utf-16-be")]
    plain = planted.encode()
    texts = [plain, *wide]
    return {
        "utf-8": [plain],
        "utf-16": wide,
        "base64": [inner for text in texts for inner in _inside_base64(text)],
        "hex": [form for text in texts for form in (text.hex().encode(), text.hex().upper().encode())],
    }


def _inside_base64(text: bytes) -> list[bytes]:
    """What base64 makes of `text` wherever it stands in a longer one: at each alignment the letters that no neighbour
    has a part in."""
    found = []
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + text)
        first = (before * 8 + 5) // 6
        last = (before + len(text)) * 8 // 6
        found.append(whole[first:last])
    return found


@dataclass
class Search:
    """What a search went through and what it met. hits: (where, which encoding, the word)."""

    files: int = 0
    bytes_read: int = 0
    hits: list[tuple[str, str, str]] = field(default_factory=list)

    def met(self, prefix: str) -> list[tuple[str, str, str]]:
        return [hit for hit in self.hits if hit[2].startswith(prefix)]


def search(folder: Path, planted: list[str]) -> Search:
    """Every file under `folder`, also what lies packed in zip and gzip files, for every form of every planted word."""
    result = Search()
    wanted = [(form, name, one) for one in planted for name, many in forms(one).items() for form in many]
    # One look for the mark's own forms first: a word is only looked for where something like one stands.
    marks = [form for many in forms(MARK).values() for form in many if len(form) >= 3]
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        for where, content in unpacked(str(path.relative_to(folder)), path.read_bytes()):
            result.files += 1
            result.bytes_read += len(content)
            if not any(mark in content for mark in marks):
                continue
            result.hits += [(where, name, one) for form, name, one in wanted if form in content]
    return result


def unpacked(where: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield where, content
    if content[:2] == b"\x1f\x8b":
        yield from unpacked(f"{where}!", gzip.decompress(content))
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from unpacked(f"{where}!{name}", packed.read(name))
