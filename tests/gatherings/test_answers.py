"""One tap to answer, a form for what one needs, and the card on the home."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.gatherings import actions, calendar
from langbord.gatherings.models import Answer
from tests.cast import TEST, Table

from .helpers import AFTERWARDS, DURING, EVENING, TWO_HOURS, address, browser, open_first_door, plan


@pytest.mark.parametrize("answer", ["coming", "cannot", "unsure"])
def test_one_tap_twice_is_one_answer(table: Table, answer: str) -> None:
    made = plan(table)
    citizen = browser(table, "citizen")
    for _tap in range(2):
        response = citizen.post(address(table, made, "svar/"), {"answer": answer})
        assert response.status_code == 302
    row = Answer.objects.unrestricted(TEST).get()
    assert (row.person_id, row.answer, row.side) == (table.people["citizen"].pk, answer, "citizens")
    assert 'aria-pressed="true"' in citizen.get(address(table, made)).content.decode()


def test_an_answer_given_is_no_longer_the_main_button(table: Table) -> None:
    """One main button a page: what is asked. On Hjem it moves on to the next gathering that has no answer."""
    later = EVENING + timedelta(days=7)
    first = plan(table, "host-service", "service")
    second = plan(table, "host-service", "service", starts_at=later, ends_at=later + TWO_HOURS)
    peer = plan(table)
    employee, citizen = browser(table, "employee"), browser(table, "citizen")

    def mains() -> list[str]:
        return re.findall(r'value="coming" data-kind="(\w+)"', employee.get("/").content.decode())

    assert mains() == ["main", "second"]
    employee.post(address(table, first, "svar/"), {"answer": "coming"})
    assert mains() == ["second", "main"]
    employee.post(address(table, second, "svar/"), {"answer": "coming"})
    assert mains() == ["second", "second"]

    citizen.post(address(table, peer, "svar/"), {"answer": "coming"})
    for page in ("/", f"/s/{table.process.slug}/", f"/s/{table.process.slug}/rom/{peer.room_id}/"):
        assert citizen.get(page).content.decode().count('data-kind="main"') <= 1, page


def test_home_sends_the_answer_back_home(table: Table) -> None:
    made = plan(table)
    response = browser(table, "citizen").post(
        address(table, made, "svar/"), {"answer": "coming", "next": "home"}
    )
    assert response["Location"] == "/"
    elsewhere = {"answer": "coming", "next": "https://example.org/"}
    assert browser(table, "citizen").post(address(table, made, "svar/"), elsewhere)["Location"] == address(
        table, made
    )


def test_who_is_asked(table: Table) -> None:
    open_first_door(table)
    asked = {
        "peer": {"citizen", "citizen-2", "citizen-3", "host"},
        "service": {"host-service", "employee", "partner", "coordinator"},
        "joint": {
            *("citizen", "citizen-2", "citizen-3", "host"),
            *("host-service", "employee", "partner", "coordinator"),
        },
    }
    for room, expected in asked.items():
        made = plan(table, "host" if room == "peer" else "coordinator", room)
        answered = set()
        for name in table.cast:
            try:
                actions.answer(actor=table.actor(name), gathering=made, answer="coming")
            except NotAllowed:
                continue
            answered.add(name)
        assert answered == expected, room


def test_a_paid_participant_answers_in_the_group(table: Table) -> None:
    made = plan(table, "daily-leader", "b-group")
    actions.answer(actor=table.actor("paid"), gathering=made, answer="coming")
    assert Answer.objects.unrestricted(TEST).get().side == "citizens"


def test_an_answer_that_does_not_exist_is_asked_for_again(table: Table) -> None:
    made = plan(table)
    response = browser(table, "citizen").post(
        address(table, made, "svar/"), {"answer": "kanskje"}, follow=True
    )
    assert "Velg ett av de tre svarene" in response.content.decode()
    assert not Answer.objects.unrestricted(TEST).exists()


def test_after_it_is_over_nobody_answers(table: Table, at: clock.Frozen) -> None:
    made = plan(table)
    at.move_to(AFTERWARDS)
    with pytest.raises(NotNow):
        actions.answer(actor=table.actor("citizen"), gathering=made, answer="coming")
    response = browser(table, "citizen").post(
        address(table, made, "svar/"), {"answer": "coming"}, follow=True
    )
    assert "Samlingen er over" in response.content.decode()


def test_needs_can_be_said_changed_and_taken_back_without_answering(table: Table) -> None:
    made = plan(table)
    citizen = browser(table, "citizen")
    response = citizen.post(address(table, made, "behov/"), {"needs": ["ride", "food"], "note": "nøtter"})
    assert response.status_code == 302
    page = citizen.get(address(table, made, "behov/")).content.decode()
    assert page.count("checked") == 2
    assert "nøtter" in page
    row = Answer.objects.unrestricted(TEST).get()
    assert (row.answer, row.need_kinds) == ("", ["ride", "food"])
    citizen.post(address(table, made, "svar/"), {"answer": "coming"})
    citizen.post(address(table, made, "behov/"), {})
    row = Answer.objects.unrestricted(TEST).get()
    assert (row.answer, row.need_kinds, row.note) == ("coming", [], "")
    wrong = citizen.post(address(table, made, "behov/"), {"needs": ["helikopter"], "note": "står her ennå"})
    assert wrong.status_code == 422
    assert "står her ennå" in wrong.content.decode()


def test_the_next_gathering_is_the_first_that_is_not_over(table: Table, at: clock.Frozen) -> None:
    later = plan(table, starts_at=EVENING + timedelta(days=7), ends_at=EVENING + timedelta(days=7, hours=2))
    soon = plan(table)
    citizen = table.actor("citizen")

    def following(name: str = "citizen") -> object:
        card = calendar.next_gathering(table.actor(name))
        return card.id if card else None

    assert following() == soon.pk
    at.move_to(DURING)
    assert following() == soon.pk
    at.move_to(AFTERWARDS)
    assert following() == later.pk
    card = calendar.next_gathering(citizen)
    assert card is not None
    assert card.hosts == "Randi er vert."
    # The coordinator knows the time, but is not asked to come; the host who waits neither.
    assert {name for name in table.cast if following(name)} == {"citizen", "citizen-2", "citizen-3", "host"}


def test_the_process_picture_gets_the_times_one_may_know(table: Table) -> None:
    peer, service = plan(table), plan(table, "host-service", "service")
    seen = {
        name: {g.pk for g in calendar.gatherings_in(table.actor(name), table.process.pk)}
        for name in table.cast
    }
    assert seen["coordinator"] == {peer.pk, service.pk}
    assert seen["citizen"] == {peer.pk}
    assert seen["researcher"] == {peer.pk}
    assert seen["employee"] == {service.pk}
    assert seen["leader"] == seen["operator"] == seen["outsider"] == set()


def test_the_steering_room_meets_too(table: Table) -> None:
    made = plan(table, "coordinator-other-process", "b-steering")
    assert browser(table, "coordinator-other-process").get(address(table, made)).status_code == 200
    assert browser(table, "daily-leader").get(address(table, made)).status_code == 404


def test_two_hours_are_shown_as_people_say_them(table: Table) -> None:
    made = plan(table)
    assert made.ends_at - made.starts_at == TWO_HOURS
    page = browser(table, "citizen").get(address(table, made)).content.decode()
    assert "I dag klokka 17 til 19" in page
    assert "fra omtrent 17" in page


def test_whoever_comes_stands_first_for_the_host(table: Table) -> None:
    made = plan(table)
    for name, kind in (("citizen", "cannot"), ("citizen-3", "unsure"), ("citizen-2", "coming")):
        actions.answer(actor=table.actor(name), gathering=made, answer=kind)
    page = browser(table, "host").get(address(table, made)).content.decode().partition("for-hosts")[2]
    names = [table.people[name].shown_name for name in ("citizen-2", "citizen-3", "citizen")]
    places = [page.index(f"<strong>{name}</strong>") for name in names]
    assert places == sorted(places)
