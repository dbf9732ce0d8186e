"""How each wants to take part: their own words, for them and the hosts of their room."""

from __future__ import annotations

from datetime import timedelta

import pytest

from langbord.access.actor import actor_of
from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.inviting import taking_part
from langbord.inviting.models import TakingPart
from langbord.processes.actions import end_membership
from langbord.processes.keeping import job
from langbord.processes.models import Membership
from langbord.rooms.seating import give_seat
from tests.cast import TEST, Table
from tests.signin import signed_in

MINE = "/meg/slik-vil-jeg-vaere-med/"


def written(table: Table, by: str = "citizen", **words: str) -> TakingPart:
    return taking_part.write_own(
        actor=table.actor(by), process_id=table.process.pk, words=words or {"hard": "Bussen-min"}
    )


def test_only_oneself_and_the_hosts_of_ones_room_read_it(table: Table) -> None:
    row = written(table)
    sees = {name for name in table.cast if TakingPart.objects.visible_to(table.actor(name)).filter(pk=row.pk)}
    assert sees == {"citizen", "host"}
    page = signed_in(table.people["host"]).get(f"/s/{table.process.slug}/slik-vil-de-vaere-med/")
    assert "Bussen-min" in page.content.decode()
    for name in ("host-other-group", "host-service", "host-waiting"):
        other = signed_in(table.people[name]).get(f"/s/{table.process.slug}/slik-vil-de-vaere-med/")
        assert "Bussen-min" not in other.content.decode(), name


def test_it_is_written_and_changed_on_ones_own_page(table: Table) -> None:
    client = signed_in(table.people["citizen"])
    sent = {"process": str(table.process.pk), "channel": "sms", "food": "Suppe uten fløte"}
    assert client.post(MINE, sent).status_code == 302
    page = client.get(MINE).content.decode()
    assert "Suppe uten fløte" in page
    client.post(MINE, {**sent, "food": "Alt"})
    assert "Suppe uten fløte" not in client.get(MINE).content.decode()
    assert TakingPart.objects.unrestricted(TEST).count() == 1


def test_nobody_writes_it_elsewhere_or_for_others(table: Table) -> None:
    for name in ("host", "coordinator", "employee", "paid", "withdrawn", "outsider"):
        with pytest.raises(NotAllowed):
            written(table, by=name)
    client = signed_in(table.people["citizen"])
    assert client.post(MINE, {"process": str(table.other.pk), "food": "x"}).status_code == 404
    assert signed_in(table.people["outsider"]).get(MINE).status_code == 200


def test_too_long_a_text_is_given_back(table: Table) -> None:
    client = signed_in(table.people["citizen"])
    answer = client.post(
        MINE, {"process": str(table.process.pk), "food": "Suppe " * 200, "body": "Heis-ordet"}
    )
    assert answer.status_code == 422
    assert "Heis-ordet" in answer.content.decode()
    assert not TakingPart.objects.unrestricted(TEST).exists()


def test_a_new_cards_first_day_shows_nothing_older(table: Table) -> None:
    written(table)
    later = clock.now() + timedelta(minutes=1)
    assert not TakingPart.objects.visible_to(actor_of(table.people["citizen"], later)).exists()


def test_the_first_day_blanks_nothing_and_opens_nothing(table: Table) -> None:
    """The form is empty that day: what it leaves empty is not meant as taken back."""
    row = written(table, hard="Bussen-min", food="Suppe")
    later = clock.now() + timedelta(minutes=1)
    first_day = actor_of(table.people["citizen"], later)
    blank = dict.fromkeys(TakingPart.WORDS, "")
    with clock.frozen(later + timedelta(minutes=1)):
        for words in ({"food": "Alt"}, {"pace": "Rolig"}):
            taking_part.write_own(actor=first_day, process_id=table.process.pk, words={**blank, **words})
    after = TakingPart.objects.unrestricted(TEST).get()
    assert (after.hard, after.food, after.pace) == ("Bussen-min", "Alt", "Rolig")
    # Writing does not open what was written before.
    assert not TakingPart.objects.visible_to(first_day).filter(pk=row.pk).exists()


def test_a_hosts_new_card_shows_nothing_of_citizens_from_before(table: Table) -> None:
    """The coordinator prints it, and may be the first to use it."""
    row = written(table)
    host = table.people["host"]
    assert TakingPart.objects.visible_to(actor_of(host, row.written_at)).filter(pk=row.pk).exists()
    later = clock.now() + timedelta(minutes=1)
    assert not TakingPart.objects.visible_to(actor_of(host, later)).exists()


def test_it_goes_when_the_person_has_left(table: Table) -> None:
    start = clock.now()
    written(table)
    amina = table.actor("citizen")
    for membership in Membership.objects.visible_to(amina).filter(person=table.people["citizen"]):
        end_membership(membership=membership, actor=amina)
    for day in range(74, 100):
        with clock.frozen(start + timedelta(days=day)):
            job.run()
    assert not TakingPart.objects.unrestricted(TEST).exists()


def test_a_second_seat_opens_nothing_that_was_written_before_it(table: Table) -> None:
    """A coordinator could seat somebody once more, in a room of its own with a host they made up, and read their words."""
    row = written(table)
    mine = Membership.objects.unrestricted(TEST).with_person()
    member = mine.get(person=table.people["citizen"], process=table.process)
    with clock.frozen(clock.now() + timedelta(minutes=1)) as now:
        give_seat(room=table.room("peer-2"), membership=member, actor=table.actor("coordinator"))

        def seen_by(name: str) -> bool:
            return TakingPart.objects.visible_to(table.actor(name)).filter(pk=row.pk).exists()

        assert seen_by("host")
        assert not seen_by("host-other-group")
        now.move(timedelta(minutes=1))
        written(table)
        assert seen_by("host")
        assert seen_by("host-other-group")
