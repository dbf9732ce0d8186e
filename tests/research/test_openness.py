"""The one whose words a researcher opened or took out is told so; nobody else is."""

from __future__ import annotations

from datetime import date, datetime

from langbord.base import clock
from langbord.base.models import Event
from langbord.consent.enums import Purpose
from langbord.research.enums import Deed
from langbord.research.models import Alias, Opening
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.consent.helpers import take_back
from tests.signin import signed_in

from .helpers import file_of, page_of, read, taken_out


def test_the_author_is_told_once_a_day_and_nobody_else(table: Table, told: Piece) -> None:
    with clock.frozen(datetime(2026, 12, 12, 9, 0, tzinfo=clock.OSLO)):
        read(table)
        read(table)
        taken_out(table, signed_in(table.people["researcher"]))
    with clock.frozen(datetime(2026, 12, 13, 9, 0, tzinfo=clock.OSLO)):
        read(table)
    noted = [
        (o.deed, o.day) for o in Opening.objects.visible_to(table.actor("citizen")).order_by("at", "deed")
    ]
    assert sorted(noted) == [
        (Deed.EXPORTED, date(2026, 12, 12)),
        (Deed.OPENED, date(2026, 12, 12)),
        (Deed.OPENED, date(2026, 12, 13)),
    ]
    for name in table.cast:
        if name != "citizen":
            assert not Opening.objects.visible_to(table.actor(name)).exists(), name
            assert not Alias.objects.visible_to(table.actor(name)).exists(), name
    page = signed_in(table.people["citizen"]).get("/meg/forskning/").content.decode()
    assert "Frida" in page
    assert "hentet ut som fil" in page.lower()
    assert "12. desember 2026" in page
    other = signed_in(table.people["citizen-2"]).get("/meg/forskning/").content.decode()
    assert "Frida" not in other
    assert "Ingen har åpnet noe" in other


def test_meg_says_whether_anybody_has_opened_my_words(table: Table, told: Piece) -> None:
    before = signed_in(table.people["citizen"]).get("/meg/").content.decode()
    assert "Ingen forsker har åpnet noe" in before
    read(table)
    after = signed_in(table.people["citizen"]).get("/meg/").content.decode()
    assert "En forsker åpnet noe" in after
    assert "Ingen forsker har åpnet noe" in signed_in(table.people["citizen-2"]).get("/meg/").content.decode()


def test_only_what_was_shown_is_noted(table: Table, told: Piece) -> None:
    client = signed_in(table.people["researcher"])
    client.head(page_of(table))
    assert not Opening.objects.unrestricted(TEST).exists()
    client.get(page_of(table) + "?side=9")
    assert not Opening.objects.unrestricted(TEST).exists()


def test_a_file_is_in_the_log_and_an_empty_one_is_not(table: Table, told: Piece) -> None:
    client = signed_in(table.people["researcher"])
    taken_out(table, client, "csv")
    event = Event.objects.get(verb="research.exported.csv")
    assert (event.actor_id, event.process_id) == (table.people["researcher"].pk, table.process.pk)
    assert client.post(file_of(table), {"form": "exe"}).status_code == 302
    take_back(table.people["citizen"], Purpose.RESEARCH, table.process)
    assert client.post(file_of(table), {"form": "json"}).status_code == 302
    assert Event.objects.filter(verb__startswith="research.exported").count() == 1
    assert client.get(file_of(table)).status_code == 405
