"""*Back* in the browser, and the same button once more: what was made a moment ago is pointed at, never silently doubled, and
nobody is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from langbord.base import clock
from langbord.gatherings.models import Gathering
from langbord.inviting.models import Invitee, Letter
from langbord.people.models import Person
from langbord.processes.models import Process
from langbord.rooms.models import Room
from tests.cast import TEST, Table
from tests.signin import signed_in

ONE_MORE = 'name="one_more" value="yes"'
BEGUN = "Du begynte nettopp «Barn og bolig»."


def beginning(table: Table, **more: Any) -> dict[str, Any]:
    sent = {"once": str(uuid4()), "template": "blank", "name": "Barn og bolig"}
    return {**sent, "organisation": str(table.municipality.pk), **more}


def begun(name: str = "Barn og bolig") -> int:
    return Process.objects.unrestricted(TEST).filter(name=name).count()


def shown_once(client: Client, address: str) -> str:
    """The id in the form as it is shown now."""
    page = client.get(address)
    return str(page.context["form"]["once"].value())


def test_a_process_begun_a_moment_ago_is_pointed_at(table: Table) -> None:
    client, address = signed_in(table.people["coordinator"]), reverse("process-new")
    assert BEGUN not in client.get(address).text
    first = client.post(address, beginning(table, once=shown_once(client, address)))
    assert first.status_code == 302
    # Back: the page is drawn anew, with another id.
    back = client.get(address).text
    assert BEGUN in back
    assert reverse("process", args=["barn-og-bolig"]) in back
    assert ONE_MORE not in back, "nothing was sent: nothing to press once more"
    again = client.post(address, beginning(table, once=shown_once(client, address), name=" barn og  Bolig"))
    assert again.status_code == 422
    assert BEGUN in again.text
    assert "Det du skrev, er her ennå." in again.text
    assert ONE_MORE in again.text
    assert begun() == 1
    # It is a question, not a wall.
    assert client.post(address, beginning(table, one_more="yes")).status_code == 302
    assert begun() == 2


def test_the_very_same_page_leads_to_the_first_process(table: Table) -> None:
    """A browser that keeps the page keeps its id: a second click is harmless, and another name makes no second process."""
    client, address, sent = signed_in(table.people["coordinator"]), reverse("process-new"), beginning(table)
    first, second = client.post(address, sent), client.post(address, sent)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    renamed = client.post(address, {**sent, "name": "Bolig og barn"})
    assert renamed.status_code == 422
    assert BEGUN in renamed.text
    assert "Bolig og barn" in renamed.text, "what was typed stands there"
    assert (begun(), begun("Bolig og barn")) == (1, 0)
    more = {
        **sent,
        "name": "Bolig og barn",
        "once": str(renamed.context["form"]["once"].value()),
        "one_more": "yes",
    }
    assert client.post(address, more).status_code == 302
    assert begun("Bolig og barn") == 1


def test_what_was_begun_long_ago_or_by_others_is_not_pointed_at(table: Table) -> None:
    client, address = signed_in(table.people["coordinator"]), reverse("process-new")
    client.post(address, beginning(table))
    assert BEGUN not in signed_in(table.people["leader"]).get(address).text
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert BEGUN not in signed_in(table.people["coordinator"]).get(address).text


def gathering(**more: Any) -> dict[str, Any]:
    day = (clock.today() + timedelta(days=5)).isoformat()
    sent = {"once": str(uuid4()), "date": day, "start": "17.00", "end": "19.00", "place": "Kjøkkenet"}
    return {
        **sent,
        "food": "",
        "title": "",
        "agenda": "",
        "ground": "",
        "practical": "",
        "plan_made_by": "",
        **more,
    }


def test_a_gathering_the_same_day_is_pointed_at(table: Table) -> None:
    client = signed_in(table.people["host"])
    address = reverse("gathering-new", args=[table.process.slug, table.rooms["peer"].pk])

    def laid() -> int:
        return Gathering.objects.unrestricted(TEST).count()

    sent = gathering()
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    assert laid() == 1
    for again in (gathering(), {**sent, "start": "18.00"}):
        answer = client.post(address, again)
        assert answer.status_code == 422
        assert "Du la nettopp inn en samling her den dagen." in answer.text
        assert laid() == 1
    assert client.post(address, gathering(one_more="yes")).status_code == 302
    another_day = (clock.today() + timedelta(days=12)).isoformat()
    assert client.post(address, gathering(date=another_day)).status_code == 302
    assert laid() == 3


def test_a_room_of_the_same_name_is_pointed_at(table: Table) -> None:
    client, address = signed_in(table.people["coordinator"]), reverse("room-new", args=[table.process.slug])
    sent = {"once": str(uuid4()), "kind": "peer", "name": "Tredje gruppa", "has_door": "on"}
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    answer = client.post(address, {**sent, "once": str(uuid4())})
    assert answer.status_code == 422
    assert "Dere har et rom som heter «Tredje gruppa»." in answer.text
    rooms = Room.objects.unrestricted(TEST).filter(name="Tredje gruppa")
    assert rooms.count() == 1
    assert client.post(address, {**sent, "once": str(uuid4()), "one_more": "yes"}).status_code == 302
    assert rooms.count() == 2


def test_somebody_of_the_same_name_is_pointed_at(table: Table) -> None:
    client, address = (
        signed_in(table.people["coordinator"]),
        reverse("process-invite", args=[table.process.slug]),
    )
    before = Person.objects.unrestricted(TEST).count()

    def taken_in() -> int:
        return Person.objects.unrestricted(TEST).count() - before

    def sent(**more: str) -> dict[str, str]:
        room = str(table.rooms["peer"].pk)
        return {
            "once": str(uuid4()),
            "name": "Zahra",
            "role": "citizen",
            "room": room,
            "case_power": "none",
            **more,
        }

    first = sent()
    for _click in range(2):
        assert client.post(address, first).status_code == 302
    assert taken_in() == 1
    answer = client.post(address, sent(name="zahra"))
    assert answer.status_code == 422
    assert "Du ga nettopp Zahra plass ved bordet." in answer.text
    assert taken_in() == 1
    assert client.post(address, sent(one_more="yes")).status_code == 302
    # The very same page with another name on it is another person.
    assert client.post(address, {**first, "name": "Yusuf"}).status_code == 302
    assert taken_in() == 3


def names(table: Table, **more: Any) -> dict[str, Any]:
    sent = {"once": str(uuid4()), "names": "Zahra, Sami (barn)\nYusuf", "side": "citizen"}
    return {**sent, "asker": str(table.people["coordinator"].pk), **more}


def test_names_written_down_a_moment_ago_are_pointed_at(table: Table) -> None:
    client = signed_in(table.people["coordinator"])
    address = reverse("inviting-add", args=[table.process.slug])
    on_the_list = Invitee.objects.unrestricted(TEST)
    sent = names(table)
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    assert on_the_list.count() == 3
    # Back: a page with an id of its own, or the same page with one more name.
    for again in (names(table), {**sent, "names": "Zahra, Sami (barn)\nyusuf\nCeline"}):
        answer = client.post(address, again)
        assert answer.status_code == 422
        assert "Du skrev nettopp opp: Zahra, Sami, Yusuf." in answer.text
        assert str(again["names"]) in answer.text, "what was typed stands there"
        assert ONE_MORE in answer.text
        assert on_the_list.count() == 3
    # Others, the same name on the other side, and whoever does mean one more.
    assert client.post(address, names(table, names="Celine")).status_code == 302
    assert client.post(address, names(table, names="Zahra", side="service")).status_code == 302
    assert client.post(address, names(table, names="Yusuf", one_more="yes")).status_code == 302
    assert on_the_list.count() == 6
    with clock.frozen(clock.now() + timedelta(hours=2)):
        later = signed_in(table.people["coordinator"])
        assert later.post(address, names(table, names="Yusuf")).status_code == 302


def test_what_others_wrote_down_is_not_pointed_at(table: Table) -> None:
    """The one who asks does not see whom somebody else thinks of."""
    address = reverse("inviting-add", args=[table.process.slug])
    assert signed_in(table.people["coordinator"]).post(address, names(table)).status_code == 302
    host = signed_in(table.people["host"])
    sent = names(table, asker=str(table.people["host"].pk))
    assert host.post(address, sent).status_code == 302


def test_a_letter_begun_a_moment_ago_is_pointed_at(table: Table) -> None:
    client = signed_in(table.people["coordinator"])
    address = reverse("letters", args=[table.process.slug])
    kinds = [value for value, _label in client.get(address).context["form"].fields["kind"].choices]

    def letter(**more: Any) -> dict[str, Any]:
        sent = {"once": str(uuid4()), "kind": kinds[0], "language": "nb", "caller": "Kari"}
        return {**sent, "phone": "40 00 00 00", **more}

    written = Letter.objects.unrestricted(TEST)
    sent = letter()
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    assert written.count() == 1
    for again in (letter(), {**sent, "phone": "40 00 00 01"}):
        answer = client.post(address, again)
        assert answer.status_code == 422
        assert f"Du begynte nettopp «{written.get().title}»." in answer.text
        assert reverse("letter", args=[table.process.slug, written.get().pk]) in answer.text
        assert ONE_MORE in answer.text
        assert written.count() == 1
    assert client.post(address, letter(kind=kinds[1])).status_code == 302
    assert client.post(address, letter(language="en")).status_code == 302
    assert client.post(address, letter(one_more="yes")).status_code == 302
    assert written.count() == 4
