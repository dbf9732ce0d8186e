"""The pages of the board: who gets them, what they show, what they keep when something is missing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from langbord.base import clock
from langbord.followup import actions, lines
from langbord.followup.enums import State, StepKind
from langbord.followup.models import Case, Task
from langbord.rooms import actions as rooms
from tests.cast import TEST, Table
from tests.followup.helpers import (
    ANSWERING,
    NOT_ANSWERING,
    OUTSIDE,
    QUOTE,
    case_of,
    fresh,
    said,
    say,
    steps_of,
    taken,
)
from tests.signin import signed_in

INSIDE = (*ANSWERING, *NOT_ANSWERING)
FIRST_DAY_CANARY = "kanarifugl"


def client(table: Table, who: str) -> Client:
    return Client() if who == "anonymous" else signed_in(table.people[who])


def at(name: str, table: Table, case: Case | None = None, **more: Any) -> str:
    kwargs = {"process": table.process.slug, **more}
    if case is not None:
        kwargs["case"] = case.pk
    return reverse(name, kwargs=kwargs)


def html(response: Any) -> str:
    return str(response.content.decode())


def refused(response: Any) -> bool:
    """404, or (for somebody who is not signed in) sent to sign in."""
    return response.status_code == 404 or (
        response.status_code == 302 and reverse("sign-in") in response["Location"]
    )


# -- who gets the pages


@pytest.mark.parametrize("who", INSIDE)
def test_everybody_in_the_process_reads_the_board(table: Table, who: str) -> None:
    case = taken(table)
    actions.comment(actor=table.actor("partner"), case=case, text="kanarifugl-ord")
    browser = client(table, who)
    for name in ("board", "board-print"):
        page = html(browser.get(at(name, table)))
        assert QUOTE in page
        assert f'data-piece="{case.piece_id}" data-room="board" data-process="{table.process.slug}"' in page
    page = html(browser.get(at("case", table, case)))
    assert QUOTE in page
    assert "kanarifugl-ord" in page
    for name in ("board", "case"):
        assert (
            "Amina" not in html(browser.get(at(name, table, case if name == "case" else None)))
            or who == "citizen"
        )


@pytest.mark.parametrize("who", OUTSIDE)
def test_outside_nobody_gets_anything(table: Table, who: str) -> None:
    case = taken(table)
    task = actions.propose_task(actor=table.actor("partner"), process_id=table.process.pk, text="Spør")
    browser = client(table, who)
    gets = ["case", "case-assign", "case-answer", "case-use", "case-came-back", "case-comment"]
    for name in gets:
        response = browser.get(at(name, table, case))
        assert refused(response), name
        assert FIRST_DAY_CANARY not in html(response)
    for name in ("board", "board-print", "task-new"):
        assert refused(browser.get(at(name, table))), name
    words = {"once": str(uuid4()), "text": "Slipp inn", "kind": "do", "reason": "Ja", "sure": "1"}
    words["promised_on"] = actions.usual_promise().isoformat()
    for name in gets[1:]:
        assert refused(browser.post(at(name, table, case), words)), name
    assert refused(browser.post(at("task-new", table), words))
    for name in ("task-take", "task-leave", "task-done"):
        assert refused(browser.post(at(name, table, task=task.pk)))
    assert steps_of(case) == ["promise"]
    assert Task.objects.unrestricted(TEST).count() == 1


def test_a_case_of_another_process_is_not_found_under_one_s_own(table: Table) -> None:
    other = said(table, "paid", "b-group", text="kanarifugl i den andre")
    browser = client(table, "coordinator")
    for name in ("case", "case-assign", "case-answer", "case-comment"):
        assert browser.get(at(name, table, other)).status_code == 404
    assert (
        browser.post(at("task-new", table), {"sak": str(other.pk), "text": "x", "once": uuid4()}).status_code
        == 404
    )
    assert browser.get(at("task-new", table) + "?sak=tull").status_code == 404


@pytest.mark.parametrize("who", INSIDE)
def test_the_page_of_an_answer_is_for_the_one_who_answers(table: Table, who: str) -> None:
    case = taken(table)
    browser = client(table, who)
    may = who in ("employee", "coordinator")
    for name in ("case-answer", "case-use", "case-came-back"):
        assert browser.get(at(name, table, case)).status_code == (200 if may else 404), name
    assert browser.get(at("case-assign", table, case)).status_code == (200 if who in ANSWERING else 404)
    shown = at("case-answer", table, case) in html(browser.get(at("case", table, case)))
    assert shown is may


# -- what the pages show


def test_an_empty_board_helps(table: Table) -> None:
    page = html(client(table, "citizen").get(at("board", table)))
    assert "Tavla er tom ennå" in page
    assert reverse("tell") in page
    assert 'data-page="board"' in page


def test_the_board_says_where_it_stands(table: Table) -> None:
    employee = table.actor("employee")
    said(table, text="Ingen ennå")
    taken(table, case=said(table, text="Lovet"))
    sent = taken(table, case=said(table, text="Bostøtten", signed=True))
    actions.answer(
        actor=employee, case=sent, kind=StepKind.NOT_OURS, reason="Staten.", sent_to="Husbanken & co"
    )
    page = html(client(table, "employee").get(at("board", table)))
    assert "Ingen har tatt den ennå." in page
    assert "Espen ser på det." in page
    assert "Svar kommer innen" in page
    assert "Sendt til Husbanken &amp; co i dag. Ikke noe svar ennå." in page
    assert "Ikke vårt å bestemme" in page
    assert "Fra en innbygger" in page
    assert "Amina" in page  # the one that was signed
    with clock.frozen(clock.now() + timedelta(days=40)):
        assert "Skulle hatt svar" in html(client(table, "employee").get(at("board", table)))
    # What hangs on a wall is read on another day.
    wall = html(client(table, "employee").get(at("board-print", table)))
    assert f"Sendt til Husbanken &amp; co {lines.as_day(clock.today())}. Ikke noe svar ennå." in wall
    actions.tell_what_came_back(actor=employee, case=sent, text="Nei, ikke i år.")
    for page_name in ("board", "board-print"):
        page = html(client(table, "employee").get(at(page_name, table)))
        assert "Sendt til Husbanken &amp; co. Nei, ikke i år." in page


def test_words_that_were_taken_back_leave_a_sentence(table: Table) -> None:
    _piece, copy = say(table, signed=True)
    case = taken(table, case=case_of(table, copy))
    actions.answer(actor=table.actor("employee"), case=case, kind=StepKind.TRY, reason="Vi prøver i vinter.")
    rooms.take_back(actor=table.actor("citizen"), piece=copy)
    browser = client(table, "leader")
    for address in (at("board", table), at("case", table, case), at("board-print", table)):
        page = html(browser.get(address))
        assert "Den som sa dette, har tatt ordene tilbake" in page
        assert "Vi prøver i vinter." in page
        assert "kanarifugl" not in page
        assert "Amina" not in page


def test_people_s_words_are_escaped_once(table: Table) -> None:
    case = taken(table, case=said(table, text='<b>"Fett" & flott</b>'))
    actions.comment(actor=table.actor("partner"), case=case, text="<script>a & b</script>")
    browser = client(table, "leader")
    for address in (at("board", table), at("case", table, case)):
        page = html(browser.get(address))
        assert "&lt;b&gt;" in page
        assert "&amp; flott" in page
        assert "&amp;amp;" not in page
        assert "<b>" not in page
        assert "<script>a" not in page


def test_narrowing_by_address(table: Table) -> None:
    said(table)
    said(table, "employee", "service", text="Fra tjenesterommet")
    browser = client(table, "citizen")
    page = html(browser.get(at("board", table) + "?fra=service&sok=&hvor="))
    assert "Fra tjenesterommet" in page
    assert QUOTE not in page
    page = html(browser.get(at("board", table) + "?sok=finnesikke"))
    assert "Vi fant ikke noe som passer" in page
    for nonsense in ("?fra=tull", "?hvor=1", "?vis=-1", "?vis=abc", "?vis=99999999"):
        response = browser.get(at("board", table) + nonsense)
        assert response.status_code == 200
        assert QUOTE in html(response)


def test_show_more(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "PAGE", 2)
    for number in range(3):
        said(table, text=f"Sagt nummer {number}")
    browser = client(table, "citizen")
    page = html(browser.get(at("board", table) + "?vis=2"))
    assert "Vis flere" in page
    assert page.count('class="ds-card card said"') == 2
    assert "vis=4" in page
    assert "Vis flere" not in html(browser.get(at("board", table) + "?vis=4"))


# -- the forms


def test_taking_it_on(table: Table) -> None:
    case = said(table)
    browser = client(table, "citizen-2")
    page = html(browser.get(at("case-assign", table, case)))
    assert "Jeg tar den" in page
    assert "fornavnet ditt" in page
    assert 'name="responder"' not in page
    day = actions.usual_promise()
    assert day.isoformat() in page
    response = browser.post(at("case-assign", table, case), {"once": uuid4(), "promised_on": day.isoformat()})
    assert response.status_code == 302
    assert fresh(table, case).responder_id == table.people["citizen-2"].pk
    response = client(table, "partner").post(
        at("case-assign", table, case), {"once": uuid4(), "promised_on": day.isoformat()}
    )
    assert response.status_code == 422
    assert "Noen andre har allerede tatt den" in html(response)


def test_appointing(table: Table) -> None:
    case = said(table)
    browser = client(table, "coordinator")
    page = html(browser.get(at("case-assign", table, case)))
    for name in ("Espen", "Petra", "Leif", "Kari"):
        assert name in page
    for name in ("Bjarne", "Frida", "Randi"):
        assert name not in page
    data = {"once": uuid4(), "responder": table.people["leader"].pk, "promised_on": "2020-01-01"}
    response = browser.post(at("case-assign", table, case), data)
    assert response.status_code == 422
    assert "Den dagen har vært" in html(response)
    data["responder"] = table.people["citizen-2"].pk
    assert browser.post(at("case-assign", table, case), data).status_code == 422
    data |= {"responder": table.people["leader"].pk, "promised_on": actions.usual_promise().isoformat()}
    assert browser.post(at("case-assign", table, case), data).status_code == 302
    assert fresh(table, case).responder_id == table.people["leader"].pk


def test_an_answer_is_shown_with_its_readers_before_it_is_given(table: Table) -> None:
    case = taken(table)
    browser, address = client(table, "employee"), at("case-answer", table, case)
    data: dict[str, Any] = {
        "once": uuid4(),
        "kind": "do",
        "reason": "Fra mandag kan du velge sted.",
        "sent_to": "",
    }
    page = html(browser.post(address, data))
    assert fresh(table, case).state == State.WAITING
    assert 'data-page="case-answer-sure"' in page
    assert "Fra mandag kan du velge sted." in page
    assert "Leif" in page  # a leader reads it
    assert "Bjarne" not in page  # a citizen whom this employee does not meet is only counted
    assert "innbyggere til" in page
    again = html(browser.post(address, {**data, "back": "1"}))
    assert 'data-page="case-answer"' in again
    assert "Fra mandag kan du velge sted." in again
    for _click in range(2):
        response = browser.post(address, {**data, "sure": "1"})
        assert response.status_code == 302
    assert fresh(table, case).state == State.DO
    assert steps_of(case) == ["promise", "do"]


@pytest.mark.parametrize(
    ("data", "said_why"),
    [
        ({"kind": "do", "reason": ""}, "Skriv hvorfor"),
        ({"kind": "", "reason": "Fordi."}, "Velg ett av svarene"),
        ({"kind": "not_ours", "reason": "Fordi.", "sent_to": ""}, "Skriv hvor dere har sendt det"),
        ({"kind": "do", "reason": "x" * 5000}, "for lang"),
    ],
)
@pytest.mark.parametrize("sure", [{}, {"sure": "1"}])
def test_what_is_missing_is_said_and_what_was_written_is_kept(
    table: Table, data: dict[str, str], said_why: str, sure: dict[str, str]
) -> None:
    case = taken(table)
    response = client(table, "employee").post(
        at("case-answer", table, case), {"once": uuid4(), **data, **sure}
    )
    assert response.status_code == 422
    page = html(response)
    assert said_why in page
    assert data["reason"] in page
    assert "Feil:" in page
    assert steps_of(case) == ["promise"]


def test_what_came_back_and_in_use(table: Table) -> None:
    case = taken(table)
    browser = client(table, "employee")
    for name in ("case-use", "case-came-back"):
        response = browser.post(at(name, table, case), {"once": uuid4(), "text": "For tidlig."})
        assert response.status_code == 422
        assert "For tidlig." in html(response)
    actions.answer(
        actor=table.actor("employee"),
        case=case,
        kind=StepKind.NOT_OURS,
        reason="Staten.",
        sent_to="Husbanken",
    )
    page = html(browser.get(at("case", table, case)))
    assert at("case-came-back", table, case) in page
    assert (
        browser.post(at("case-came-back", table, case), {"once": uuid4(), "text": "Ja!"}).status_code == 302
    )
    assert browser.post(at("case-use", table, case), {"once": uuid4(), "text": "Nå."}).status_code == 302
    assert steps_of(case) == ["promise", "not_ours", "came_back", "in_use"]


def test_a_comment(table: Table) -> None:
    case = said(table)
    browser = client(table, "researcher")
    assert browser.post(at("case-comment", table, case), {"once": uuid4(), "text": " "}).status_code == 422
    response = browser.post(at("case-comment", table, case), {"once": uuid4(), "text": "Takk for ordet."})
    assert response.status_code == 302
    assert "Takk for ordet." in html(browser.get(response["Location"]))


def test_tasks_by_hand(table: Table) -> None:
    case = said(table)
    browser = client(table, "citizen")
    assert browser.post(at("task-new", table), {"once": uuid4(), "text": ""}).status_code == 422
    response = browser.post(
        at("task-new", table), {"once": uuid4(), "text": "Mal veggen", "sak": str(case.pk)}
    )
    assert response["Location"] == at("case", table, case) + "#oppgaver"
    task = Task.objects.visible_to(table.actor("citizen")).get()
    for name, words in (
        ("task-take", "Tatt av Amina."),
        ("task-leave", "Ingen har tatt den ennå."),
        ("task-done", "Gjort i dag."),
    ):
        assert browser.get(at(name, table, task=task.pk)).status_code == 405
        response = browser.post(at(name, table, task=task.pk))
        assert response["Location"] == at("board", table) + "#oppgaver"
        assert words in html(browser.get(at("board", table)))
    assert browser.post(at("task-take", table, task=task.pk)).status_code == 302
    assert "allerede gjort" in html(browser.get(at("board", table)))
    browser.post(at("task-done", table, task=task.pk), {"undo": "1"})
    assert "Gjort i dag." not in html(browser.get(at("board", table)))


def test_my_promises(table: Table) -> None:
    browser = client(table, "employee")
    assert "Du har ingen løfter nå" in html(browser.get(reverse("promises")))
    case = taken(table)
    page = html(browser.get(reverse("promises")))
    assert QUOTE in page
    assert at("case-answer", table, case) in page
    with clock.frozen(clock.now() + timedelta(days=20)):
        assert "på tide å svare" in html(signed_in(table.people["employee"]).get(reverse("promises")))
    actions.answer(actor=table.actor("employee"), case=case, kind=StepKind.DO, reason="Ja.")
    assert "Du har svart" in html(browser.get(reverse("promises")))
    assert QUOTE not in html(client(table, "partner").get(reverse("promises")))
    for who in ("anonymous", "outsider", "operator", "withdrawn"):
        assert refused(client(table, who).get(reverse("promises"))), who


def test_the_board_has_one_name_on_every_page(table: Table) -> None:
    """Also in a process that began when the room had another name."""
    board = table.room("board")
    type(board).objects.unrestricted("a test gives the room its old name").filter(pk=board.pk).update(
        name="Det vi sa – det som skjedde"
    )
    browser = client(table, "coordinator")
    for path in ("/", at("board", table), reverse("readers", args=[table.process.slug, board.pk])):
        page = html(browser.get(path))
        assert "Tavla" in page, path
        assert not re.search(r"<(h1|h2|a|title)\b[^>]*>\s*Det vi sa – det", page), path
