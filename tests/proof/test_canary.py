"""The search itself finds what it should: a search that finds nothing proves nothing."""

from __future__ import annotations

import base64
import gzip
import zipfile
from pathlib import Path

import pytest

from .canary import forms, search, word

PLANTED = word("a", 7)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (f"Kjære {PLANTED}, takk".encode(), "utf-8"),
        (f"Kjære {PLANTED}, takk".encode("utf-16-le"), "utf-16"),
        (f"Kjære {PLANTED}, takk".encode("utf-16-be"), "utf-16"),
        (base64.b64encode(f"{PLANTED}, takk".encode()), "base64"),
        (base64.b64encode(f"a {PLANTED}, takk".encode()), "base64"),
        (base64.b64encode(f"abc {PLANTED}, takk".encode()), "base64"),
        (base64.b64encode(f"ab {PLANTED}, takk".encode("utf-16-le")), "base64"),
        (f"x {PLANTED}".encode().hex().encode(), "hex"),
        (f"x {PLANTED}".encode().hex().upper().encode(), "hex"),
    ],
)
def test_every_form_is_found(tmp_path: Path, written: bytes, found: str) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "file").write_bytes(b"\0 before " + written + b" after \0")
    assert {hit[1] for hit in search(tmp_path, [PLANTED]).hits} == {found}


def test_packed_files_are_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "mine.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("words.txt", f"her er {PLANTED} " * 50)
    (tmp_path / "log.gz").write_bytes(gzip.compress(f"her er {PLANTED} ".encode() * 50))
    assert {hit[0] for hit in search(tmp_path, [PLANTED]).hits} == {"mine.zip!words.txt", "log.gz!"}


def test_another_word_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text(word("a", 8) + word("b", 7))
    assert search(tmp_path, [PLANTED]).hits == []
    assert search(tmp_path, [word("b", 7)]).hits == [("file", "utf-8", word("b", 7))]


def test_no_form_is_so_short_that_it_stands_everywhere() -> None:
    assert min(len(form) for many in forms(PLANTED).values() for form in many) >= 9
