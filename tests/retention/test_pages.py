"""The pages: closing well, reopening, lengths, the end of research, and what everybody can read about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow, ProcessClosed
from langbord.base.retention import policies
from langbord.people.models import Rescued
from langbord.processes.keeping import actions
from langbord.processes.keeping.lengths import lengths_of
from langbord.processes.models import Closing, Notice, ResearchEnd, Term
from langbord.rooms import actions as pieces
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.signin import signed_in

from .helpers import close, days_pass, draft, fresh, run

SLUG = "et-hjem-a-trives-i"


def url(name: str, *args: Any) -> str:
    return reverse(name, args=[SLUG, *args])


def at(table: Table, name: str) -> Client:
    return signed_in(table.people[name])


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def closing_form(**changed: Any) -> dict[str, Any]:
    return {
        "once": str(uuid4()),
        "reason": "Vi kom i mål.",
        "board": "nameless",
        "goes_on": in_days(90),
        **changed,
    }


# -- closing


def test_closing_is_read_through_first_and_then_done_once(table: Table) -> None:
    browser, form = at(table, "coordinator"), closing_form()
    assert browser.get(url("process-close")).status_code == 200
    shown = browser.post(url("process-close"), form)
    assert shown.status_code == 200
    assert "Vi kom i mål." in shown.content.decode()
    assert not Closing.objects.unrestricted(TEST).exists(), "reading it through changes nothing"
    back = browser.post(url("process-close"), {**form, "back": "1"})
    assert "Vi kom i mål." in back.content.decode()
    for _twice in range(2):
        assert browser.post(url("process-close"), {**form, "sure": "1"}).status_code == 302
    (closing,) = Closing.objects.unrestricted(TEST).all()
    assert closing.reason == "Vi kom i mål."
    assert fresh(table).ended_at is not None
    assert fresh(table).rooms_go_on == closing.goes_on


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": ""}, "Skriv i en setning hvorfor."),
        ({"reason": "   "}, "Skriv i en setning hvorfor."),
        ({"goes_on": "2020-01-01"}, "Velg en dag litt lenger fram."),
        ({"goes_on": "i morgen"}, "Skriv en dag som finnes"),
        ({"goes_on": ""}, "Velg en dag."),
        ({"board": "tulle"}, "Dette valget finnes ikke"),
    ],
)
def test_wrong_input_says_so_beside_the_field_and_loses_nothing(
    table: Table, changed: dict[str, str], said: str
) -> None:
    form = closing_form(**changed)
    answer = at(table, "coordinator").post(url("process-close"), {**form, "sure": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert form["reason"].strip() in page
    assert not Closing.objects.unrestricted(TEST).exists()


def test_the_action_itself_refuses(table: Table) -> None:
    process, kari = fresh(table), table.actor("coordinator")
    good = clock.today() + timedelta(days=90)
    with pytest.raises(NotNow):
        actions.close(actor=kari, process=process, reason=" ", goes_on=good)
    with pytest.raises(NotNow):
        actions.close(actor=kari, process=process, reason="x", goes_on=clock.today() + timedelta(days=29))
    for name in ("citizen", "host", "employee", "leader", "researcher", "coordinator-other-process"):
        with pytest.raises(NotAllowed):
            actions.close(actor=table.actor(name), process=process, reason="x", goes_on=good)
    assert not Closing.objects.unrestricted(TEST).exists()


def test_people_are_told_on_hjem_and_can_read_and_take_along(table: Table) -> None:
    told = pieces.write(actor=table.actor("citizen"), room=table.room("peer"), kind="post", text="hos oss")
    close(table)
    for name in ("citizen", "host", "employee", "leader"):
        page = at(table, name).get(reverse("home")).content.decode()
        assert "Samskapinga er avsluttet." in page, name
    page = at(table, "citizen").get(url("room", table.rooms["peer"].pk)).content.decode()
    assert "hos oss" in page
    assert "Heng opp" not in page
    mine = Piece.objects.visible_to(table.actor("citizen")).get(pk=told.pk)
    pieces.take_back(actor=table.actor("citizen"), piece=mine)
    other = at(table, "citizen-other-process").get(reverse("home")).content.decode()
    assert "Samskapinga er avsluttet." not in other


def test_writing_ends_and_what_was_being_written_is_kept(table: Table) -> None:
    close(table)
    browser = at(table, "citizen")
    form = {"once": str(uuid4()), "text": "dette rakk jeg ikke å si", "kind": "post"}
    answer = browser.post(url("exchange", table.rooms["peer"].pk), {**form, "kind": "give"})
    if answer.status_code == 409:
        assert "Det du skrev nå, er ikke borte." in answer.content.decode()
        assert Rescued.objects.unrestricted(TEST).filter(person=table.people["citizen"]).exists()
    else:
        assert "dette rakk jeg ikke å si" in answer.content.decode()
    assert "dette rakk jeg ikke å si" not in [
        p.body for p in Piece.objects.unrestricted(TEST).filter(room=table.rooms["peer"])
    ]


def test_every_way_of_adding_ends(table: Table) -> None:
    from langbord.followup import actions as board
    from langbord.gatherings import actions as gatherings
    from langbord.processes.actions import describe, join
    from langbord.rooms import door, seating

    told = pieces.write(actor=table.actor("citizen"), room=table.room("peer"), kind="post", text="før")
    ahead = gatherings.plan(
        actor=table.actor("host"),
        room=table.room("peer"),
        starts_at=clock.now() + timedelta(days=2),
        ends_at=clock.now() + timedelta(days=2, hours=1),
        place="kjøkkenet",
    )
    close(table)
    citizen, host, kari = table.actor("citizen"), table.actor("host"), table.actor("coordinator")
    peer, process = table.room("peer"), fresh(table)
    now = clock.now()
    tries: list[Any] = [
        lambda: pieces.write(actor=citizen, room=peer, kind="post", text="x"),
        lambda: pieces.write_for_group(actor=host, room=peer, kind="rule", text="x"),
        lambda: pieces.edit(actor=citizen, piece=Piece.objects.visible_to(citizen).get(pk=told.pk), text="x"),
        lambda: pieces.carry_over(
            actor=citizen,
            piece=Piece.objects.visible_to(citizen).get(pk=told.pk),
            target=table.room("board"),
            text="x",
        ),
        lambda: door.answer(room=peer, wish="ready", actor=citizen),
        lambda: seating.open_room(process=process, kind="peer", name="x", actor=kari),
        lambda: join(process_id=process.pk, person=table.people["outsider"], role="partner", actor=kari),
        lambda: describe(process=process, name="x", purpose="", actor=kari),
        lambda: board.propose_task(actor=citizen, process_id=process.pk, text="x"),
        lambda: gatherings.plan(
            actor=host,
            room=peer,
            starts_at=now + timedelta(days=1),
            ends_at=now + timedelta(days=1, hours=1),
            place="x",
        ),
        lambda: gatherings.answer(actor=citizen, gathering=ahead, answer="coming"),
        lambda: gatherings.say_needs(actor=citizen, gathering=ahead, needs=[], note="x"),
    ]
    for number, attempt in enumerate(tries):
        with pytest.raises(ProcessClosed):
            attempt()
        del number
    actions.reopen(actor=kari, process=process)
    citizen = table.actor("citizen")
    assert pieces.write(actor=citizen, room=peer, kind="post", text="igjen").room_id == peer.pk


# -- reopening


def test_a_reopened_process_loses_nothing_and_can_be_closed_anew(table: Table) -> None:
    with clock.frozen(clock.now()) as stopped:
        words = pieces.write(actor=table.actor("citizen"), room=table.room("peer"), kind="post", text="hei")
        close(table)
        stopped.move(timedelta(days=61))
        run()
        assert Notice.objects.unrestricted(TEST).filter(kind="room").exists()
        answer = at(table, "coordinator").post(url("process-reopen"))
        assert answer.status_code == 302
        assert fresh(table).ended_at is None
        days_pass(stopped, 40)
        assert not Notice.objects.unrestricted(TEST).filter(kind="room").exists()
        assert Piece.objects.unrestricted(TEST).filter(pk=words.pk, room=table.rooms["peer"]).exists()
        close(table)
        assert Closing.objects.unrestricted(TEST).standing().count() == 1


def test_it_cannot_be_reopened_when_something_has_gone(table: Table) -> None:
    with clock.frozen(clock.now()) as stopped:
        close(table, days=30)
        run()
        days_pass(stopped, 30)
        page = at(table, "coordinator").get(url("process-keeping")).content.decode()
        assert "Rommene er borte." in page
        assert "Åpne samskapinga igjen" not in page
        answer = at(table, "coordinator").post(url("process-reopen"), follow=True).content.decode()
        assert "Da kan samskapinga ikke åpnes igjen." in answer
        assert fresh(table).ended_at is not None
        assert not table.actor("citizen").may_read(table.rooms["peer"].pk)
        assert table.actor("citizen").may_read(table.rooms["board"].pk), "the board stays, and its readers"


# -- lengths


def test_shorter_is_free_and_longer_says_why(table: Table) -> None:
    browser = at(table, "coordinator")
    page = url("process-length")
    told = {"kind": "draft", "days": "90", "reason": ""}
    assert browser.post(page, {**told, "once": str(uuid4())}).status_code == 302
    assert lengths_of(fresh(table)).days("draft", table.process.pk) == 90
    refused = browser.post(page, {**told, "once": str(uuid4()), "days": "800"})
    assert refused.status_code == 422
    assert "Skriv i en setning hvorfor." in refused.content.decode()
    assert 'value="800"' in refused.content.decode()
    why = {**told, "once": str(uuid4()), "days": "800", "reason": "Folk bor langt unna"}
    for _twice in range(2):
        assert browser.post(page, why).status_code == 302
    assert Term.objects.unrestricted(TEST).count() == 2
    seen = at(table, "citizen").get(url("process-keeping")).content.decode()
    assert "Folk bor langt unna" in seen
    assert "Lenger enn vanlig her." in seen
    assert lengths_of(table.other).days("draft", table.other.pk) == policies()["draft"].days
    browser.post(page, {**told, "once": str(uuid4()), "usual": "1"})
    assert lengths_of(fresh(table)).days("draft", table.process.pk) == policies()["draft"].days


@pytest.mark.parametrize("days", ["0", "-3", "mange", "", "99999999"])
def test_a_length_that_makes_no_sense(table: Table, days: str) -> None:
    answer = at(table, "coordinator").post(
        url("process-length"), {"once": str(uuid4()), "kind": "draft", "days": days, "reason": "derfor"}
    )
    assert answer.status_code == 422
    assert "derfor" in answer.content.decode()
    assert not Term.objects.unrestricted(TEST).exists()


def test_only_what_a_process_may_choose_can_be_chosen(table: Table) -> None:
    browser = at(table, "coordinator")
    for kind in ("log", "consent", "person", "sign-in", "research", "ingenting"):
        form = {"once": str(uuid4()), "kind": kind, "days": "1", "reason": ""}
        assert browser.post(url("process-length"), form).status_code == 422, kind
        assert browser.get(url("process-length"), {"hva": kind}).status_code == 200
    with pytest.raises(NotAllowed):
        actions.set_length(actor=table.actor("coordinator"), process=fresh(table), kind="log", days=1)


def test_an_organisation_chooses_for_all_and_a_process_for_itself(table: Table) -> None:
    browser = at(table, "operator")
    form = {"organisation": str(table.municipality.pk), "kind": "needs", "days": "3", "reason": ""}
    assert browser.post(reverse("lengths"), {**form, "once": str(uuid4())}).status_code == 302
    for process in (fresh(table), fresh(table, "other")):
        assert lengths_of(process).days("needs", process.pk) == 3
    actions.set_length(actor=table.actor("coordinator"), process=fresh(table), kind="needs", days=2)
    assert lengths_of(fresh(table)).days("needs", table.process.pk) == 2
    refused = browser.post(reverse("lengths"), {**form, "days": "400", "once": str(uuid4())})
    assert refused.status_code == 422
    assert "Fjordvik kommune" in browser.get(reverse("lengths")).content.decode()


def test_a_shorter_length_never_takes_unwarned(table: Table) -> None:
    with clock.frozen(clock.now()) as stopped:
        made = draft(table)
        stopped.move(timedelta(days=200))
        run()
        actions.set_length(actor=table.actor("coordinator"), process=fresh(table), kind="draft", days=10)
        run()
        assert Piece.objects.unrestricted(TEST).filter(pk=made.pk).exists()
        days_pass(stopped, 29)
        assert Piece.objects.unrestricted(TEST).filter(pk=made.pk).exists()
        days_pass(stopped, 1)
        assert not Piece.objects.unrestricted(TEST).filter(pk=made.pk).exists()


# -- research


def test_the_end_of_research_is_seen_by_all_and_a_later_day_says_why(table: Table) -> None:
    browser = at(table, "researcher")
    form = {"reference": "881234", "ends_on": in_days(100), "reason": ""}
    assert browser.post(url("research-end"), {**form, "once": str(uuid4())}).status_code == 302
    for name in ("citizen", "employee", "leader", "host"):
        assert "881234" in at(table, name).get(url("process-keeping")).content.decode(), name
    later = browser.post(url("research-end"), {**form, "ends_on": in_days(200), "once": str(uuid4())})
    assert later.status_code == 422
    assert "Skriv i en setning hvorfor." in later.content.decode()
    why = {**form, "ends_on": in_days(200), "reason": "Prosjektet er forlenget", "once": str(uuid4())}
    assert browser.post(url("research-end"), why).status_code == 302
    assert browser.post(url("research-end"), why).status_code == 302, "a second click is harmless"
    assert ResearchEnd.objects.unrestricted(TEST).count() == 2
    assert "Prosjektet er forlenget" in at(table, "citizen").get(url("process-keeping")).content.decode()
    assert browser.post(url("research-end"), {**form, "once": str(uuid4())}).status_code == 302, "earlier"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends_on": "2020-01-01"}, "Den dagen har vært."),
        ({"ends_on": "tull"}, "Skriv en dag som finnes"),
        ({"reference": ""}, "Skriv noe her først."),
    ],
)
def test_research_with_wrong_input(table: Table, changed: dict[str, str], said: str) -> None:
    form = {"reference": "881234", "ends_on": in_days(10), "reason": "", "once": str(uuid4()), **changed}
    answer = at(table, "researcher").post(url("research-end"), form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ResearchEnd.objects.unrestricted(TEST).exists()


# -- what is told


def test_a_warning_stands_on_hjem_for_its_owner_alone(table: Table) -> None:
    with clock.frozen(clock.now()) as stopped:
        draft(table, "citizen")
        stopped.move(timedelta(days=366))
        run()
        said = "Du har kladder du ikke har rørt på lenge."
        for page in (reverse("home"), reverse("keeping"), url("process-keeping")):
            assert said in at(table, "citizen").get(page).content.decode(), page
        for name in ("citizen-2", "host", "coordinator", "researcher"):
            for page in (reverse("home"), reverse("keeping"), url("process-keeping")):
                assert said not in at(table, name).get(page).content.decode(), (name, page)


def test_the_page_is_reached_from_meg_and_from_the_room(table: Table) -> None:
    browser = at(table, "citizen")
    assert reverse("keeping") in browser.get(reverse("me")).content.decode()
    assert url("process-keeping") in browser.get(url("room", table.rooms["peer"].pk)).content.decode()
    page = browser.get(url("process-keeping")).content.decode()
    for policy in policies().values():
        assert policy.of_staff or policy.shown_title in page
    assert "Endre hvor lenge" not in page, "a citizen changes nothing here"
    calm = at(table, "outsider").get(reverse("keeping"))
    assert "Ingenting av ditt blir borte med det første." in calm.content.decode()


@pytest.mark.parametrize(("who", "shown"), [("citizen", False), ("host", True), ("coordinator", True)])
def test_what_only_staff_make_is_not_in_a_citizen_s_list(table: Table, who: str, shown: bool) -> None:
    browser = at(table, who)
    for page in (browser.get(url("process-keeping")), browser.get(reverse("keeping"))):
        said = page.content.decode()
        assert ("Liste der ingen kom" in said) is shown
        assert "Lista fra det første møtet" in said
    assert ("Folk dere har spurt" in browser.get(url("process-keeping")).content.decode()) is shown


def test_a_warning_about_what_only_staff_make_is_not_a_citizen_s(table: Table) -> None:
    Notice.objects.unrestricted(TEST).create(
        kind="invitee",
        key="en-navneliste",
        process=table.process,
        first_on=clock.today(),
        goes_on=clock.today(),
        counted_on=clock.today(),
    )
    for who, shown in (("citizen", False), ("coordinator", True)):
        page = at(table, who).get(url("process-keeping")).content.decode()
        assert ("tenkt å spørre" in page) is shown, who
