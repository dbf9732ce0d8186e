from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from langbord.vault import keyfiles
from langbord.vault.errors import KeyFileMissing
from langbord.vault.lookup import digest

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("email", ["kari@eksempel.no", " Kari@Eksempel.NO ", "KARI@EKSEMPEL.NO", "kari@eksempel.no"]),
        ("phone", ["91234567", "91 23 45 67", "912 34 567", "+47 91 23 45 67", "0047 91234567", "4791234567",
                   "(+47) 912-34-567", "91\u00a023\u00a045\u00a067",
                   "\u202a+4791234567\u202c", "９１２３４５６７"]),
        ("email", ["bjørn@straße.no", "BJØRN@STRASSE.NO"]),
    ],
)  # fmt: skip
def test_different_ways_to_write_the_same(kind: str, values: list[str]) -> None:
    assert len({digest(kind, value) for value in values}) == 1


def test_different_things_are_different() -> None:
    values = ["91234567", "+4691234567", "+4791234568", "912345678", "123"]
    assert len({digest("phone", v) for v in values}) == len(values)
    assert digest("email", "91234567") != digest("phone", "91234567")
    assert digest("card", "AB") != digest("card", "ab")


def test_a_digest_is_keyed(folder: Path) -> None:
    with_one_key = digest("phone", "91234567")
    assert len(with_one_key) == 64
    assert int(with_one_key, 16)
    for plain in (b"91234567", b"+4791234567", b"phone\0+4791234567"):
        assert with_one_key != hashlib.sha256(plain).hexdigest()
    (folder / "lookup.key").unlink()
    keyfiles.KeyCheck.objects.all().delete()
    keyfiles.forget()
    assert digest("phone", "91234567") != with_one_key


def test_a_missing_lookup_key_is_never_replaced(folder: Path) -> None:
    digest("email", "a@b.no")
    (folder / "lookup.key").unlink()
    keyfiles.forget()
    with pytest.raises(KeyFileMissing):
        digest("email", "a@b.no")
