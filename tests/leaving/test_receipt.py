"""The receipt on paper: the code is of no use to whoever does not know where it belongs."""

from __future__ import annotations

from typing import Any

from django.test import Client

from langbord.base.personal_data import Way
from langbord.leaving.codes import code_of
from langbord.leaving.models import Receipt
from tests.cast import TEST, Table

from .helpers import leave, live


def test_the_receipt_says_where_its_code_belongs(table: Table, settings: Any) -> None:
    settings.LANGBORD_PUBLIC_URL = "https://langbord.example.no"
    live(table)
    leave(table, "citizen", Way.KEEP)
    stranger = Client()
    stranger.post("/kvittering/", {"code": code_of(Receipt.objects.unrestricted(TEST).get().pk)})
    told = stranger.get("/kvittering/").content.decode().partition("Koden din:")[2]
    assert "https://langbord.example.no/kvittering/" in told
