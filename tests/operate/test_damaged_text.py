"""A damaged text, or one whose key is gone, is said to be so where it stands. All else is as before."""

from __future__ import annotations

import pytest
from django.db import connections
from django.urls import reverse

from langbord.rooms.models import Piece
from langbord.vault import keyfiles
from langbord.vault.models import DataKey
from tests.cast import TEST, Table
from tests.rooms.helpers import address, browser, wrote

NOTICE = "Denne teksten kan ikke åpnes"


def raw(piece: Piece) -> bytes:
    with connections["default"].cursor() as cursor:
        key = piece.pk.hex if connections["default"].vendor == "sqlite" else piece.pk
        cursor.execute("SELECT body FROM rooms_piece WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def store(piece: Piece, content: bytes) -> None:
    with connections["default"].cursor() as cursor:
        key = piece.pk.hex if connections["default"].vendor == "sqlite" else piece.pk
        cursor.execute("UPDATE rooms_piece SET body = %s WHERE id = %s", [content, key])


def damaged(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


CUTS = {
    "a bit": damaged,
    "cut off": lambda content: content[:8],
    "another version": lambda content: b"\x07" + content[1:],
    "of another row": None,
}


@pytest.mark.parametrize("how", CUTS)
def test_one_damaged_text_is_said_to_be_so_and_the_rest_of_the_page_stands(table: Table, how: str) -> None:
    whole = wrote(table, "citizen", "peer", "hel kanarifugl")
    broken = wrote(table, "citizen", "peer", "knust kanarifugl")
    cut = CUTS[how]
    store(broken, cut(raw(broken)) if cut else raw(whole))
    stored = raw(broken)
    page = browser(table, "citizen-2").get(address(table, "peer"))
    assert page.status_code == 200
    said = page.content.decode()
    assert said.count(NOTICE) == 1
    assert said.count("hel kanarifugl") == 1
    assert "knust kanarifugl" not in said
    own = browser(table, "citizen").get(reverse("piece", args=[broken.pk]))
    assert own.status_code == 200
    assert NOTICE in own.content.decode()
    assert raw(broken) == stored, "reading changes nothing: a better copy of the row opens again"


def test_a_text_that_cannot_be_opened_survives_that_its_row_is_saved(table: Table) -> None:
    broken = wrote(table, "citizen", "peer", "knust kanarifugl")
    kept = raw(broken)
    store(broken, damaged(kept))
    held = Piece.objects.unrestricted(TEST).get(pk=broken.pk)
    assert held.body == NOTICE
    held.body = str(held.body)
    held.save()
    assert raw(broken) == damaged(kept)
    store(broken, kept)
    assert Piece.objects.unrestricted(TEST).get(pk=broken.pk).body == "knust kanarifugl"


def test_without_one_persons_key_only_that_persons_words_are_closed(table: Table) -> None:
    wrote(table, "citizen", "peer", "ord av Amina")
    wrote(table, "citizen-2", "peer", "ord av Bjarne")
    row = DataKey.objects.get(subject=table.people["citizen"].sealed_by)
    DataKey.objects.filter(pk=row.pk).delete()
    keyfiles.forget()
    said = browser(table, "citizen-2").get(address(table, "peer")).content.decode()
    assert "ord av Bjarne" in said
    assert "ord av Amina" not in said
    assert NOTICE in said
    row.save(force_insert=True)
    assert "ord av Amina" in browser(table, "citizen-2").get(address(table, "peer")).content.decode()
