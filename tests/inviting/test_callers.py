"""Who can be rung about a letter, and that they are named there no longer than they are here."""

from __future__ import annotations

import pytest
from django.urls import reverse

from langbord.base.personal_data import Way
from langbord.inviting import letters
from langbord.inviting.models import Letter
from langbord.people.models import Contact
from tests.cast import TEST, Table
from tests.inviting.test_two_at_once import hidden
from tests.leaving.helpers import leave
from tests.signin import signed_in

NUMBER = "99 00 00 00"


def begun(table: Table, caller: str, phone: str, by: str = "coordinator") -> Letter:
    return letters.begin(
        actor=table.actor(by),
        process_id=table.process.pk,
        kind="families",
        language="nb",
        question=None,
        caller=caller,
        phone=phone,
    )


def now(letter: Letter) -> tuple[str, str]:
    row = Letter.objects.unrestricted(TEST).get(pk=letter.pk)
    return row.caller, row.phone


@pytest.mark.parametrize("way", [Way.KEEP, Way.TAKE])
def test_a_host_who_leaves_is_rung_no_more(table: Table, way: Way) -> None:
    host, kari = table.people["host"], table.people["coordinator"]
    Contact.objects.unrestricted(TEST).filter(person=host).delete()
    Contact.objects.create(person=host, sealed_by=host.sealed_by, phone=NUMBER)
    by_name = begun(table, f"{host.shown_name} Etternavn", "88 00 00 00")
    by_number = begun(table, "En nabo", "+47 99000000")
    own = begun(table, "Verten", "77 00 00 00", by="host")
    from_before = begun(table, host.shown_name, NUMBER)
    Letter.objects.unrestricted(TEST).filter(pk=from_before.pk).update(caller_person=None)
    others = begun(table, kari.shown_name, "66 00 00 00", by="host")
    assert (by_name.caller_person, by_number.caller_person, own.caller_person) == (host, host, host)
    assert others.caller_person == kari
    leave(table, "host", way)
    for letter in (by_name, by_number, own, from_before):
        assert now(letter) == ("", "")
    assert now(others) == (kari.shown_name, "66 00 00 00")
    assert not Letter.objects.unrestricted(TEST).filter(caller_person_id=host.pk).exists()


def test_the_page_asks_for_somebody_new(table: Table) -> None:
    letter = begun(table, table.people["host"].shown_name, NUMBER)
    client = signed_in(table.people["coordinator"])
    address = reverse("letter", args=[table.process.slug, letter.pk])
    assert "Et navn og et nummer" not in client.get(address).content.decode()
    leave(table, "host", Way.KEEP)
    page = client.get(address).content.decode()
    assert "Et navn og et nummer å ringe til" in page
    assert NUMBER not in page
    sheets = client.get(reverse("letter-sheets", args=[table.process.slug, letter.pk])).content.decode()
    assert "Skriv nummeret i brevet" in sheets
    mark = hidden(client.get(address), "seen")
    client.post(
        address, {"text": "Hei", "caller": "Kari", "phone": "66 00 00 00", "do": "save", "seen": mark}
    )
    assert now(letter) == ("Kari", "66 00 00 00")
    assert "Et navn og et nummer" not in client.get(address).content.decode()
