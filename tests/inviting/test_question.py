"""The question, its trail, and what people propose."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from langbord.base.errors import NotAllowed, NotNow
from langbord.inviting import question
from langbord.inviting.models import Proposal, QuestionVersion
from langbord.processes.actions import describe
from langbord.processes.models import Process
from tests.cast import TEST, Table
from tests.signin import signed_in


def changed(table: Table, text: str, by: str = "coordinator", **more: Any) -> QuestionVersion:
    return question.change(
        actor=table.actor(by),
        process_id=table.process.pk,
        text=text,
        changed_by=more.pop("changed_by", "group"),
        **more,
    )


def test_the_first_one_is_a_guess_and_the_next_says_who_and_why(table: Table) -> None:
    assert changed(table, "Hva er en god bolig?").changed_by == "first"
    second = changed(table, "Hva er et hjem?", by="host", changed_by="talk", why="Hun sa at et hjem er mer")
    assert (second.number, second.changed_by) == (2, "talk")
    for name in ("citizen", "employee", "leader", "researcher"):
        page = signed_in(table.people[name]).get(f"/s/{table.process.slug}/hva-det-gjelder/").content.decode()
        for words in (
            "Hva er en god bolig?",
            "Hva er et hjem?",
            "Hun sa at et hjem er mer",
            "endret etter en samtale",
        ):
            assert words in page, (name, words)
    other = signed_in(table.people["paid"])
    assert other.get(f"/s/{table.process.slug}/hva-det-gjelder/").status_code == 404


def test_only_those_who_prepare_change_it(table: Table) -> None:
    for name in ("citizen", "employee", "leader", "researcher", "coordinator-other-process", "outsider"):
        with pytest.raises(NotAllowed):
            changed(table, "Noe annet", by=name)


def test_a_second_click_makes_one_version(table: Table) -> None:
    once = uuid4()
    first = question.change(
        actor=table.actor("host"), process_id=table.process.pk, text="A", changed_by="group", version_id=once
    )
    assert (
        question.change(
            actor=table.actor("host"),
            process_id=table.process.pk,
            text="A",
            changed_by="group",
            version_id=once,
        )
        == first
    )
    assert QuestionVersion.objects.unrestricted(TEST).count() == 1


def test_two_versions_are_compared_word_by_word() -> None:
    runs = question.compared("Hva er en god bolig?", "Hva er et godt hjem for dere?")
    assert [(run.words, run.mark) for run in runs] == [
        ("Hva er", ""),
        ("en god bolig?", "gone"),
        ("et godt hjem for dere?", "new"),
    ]


def test_the_page_of_two_versions(table: Table) -> None:
    client = signed_in(table.people["citizen"])
    address = f"/s/{table.process.slug}/hva-det-gjelder/sammenlign/"
    changed(table, "Hva er en bolig?")
    assert client.get(address).status_code == 404
    changed(table, "Hva er et hjem?")
    page = client.get(address).content.decode()
    assert "<del>" in page
    assert "<ins>" in page
    assert client.get(address, {"a": "9" * 9, "b": "x"}).status_code == 200
    assert client.get(address, {"a": "2", "b": "1"}).status_code == 200


def test_a_proposal_shows_its_side_and_not_its_author(table: Table) -> None:
    changed(table, "Hva er en bolig?")
    client = signed_in(table.people["citizen"])
    sent = client.post(
        f"/s/{table.process.slug}/hva-det-gjelder/foresla/",
        {"once": str(uuid4()), "text": "Hva er et hjem-ordet?", "why": "Fordi det er mitt"},
    )
    assert sent.status_code == 302
    page = (
        signed_in(table.people["coordinator"])
        .get(f"/s/{table.process.slug}/hva-det-gjelder/")
        .content.decode()
    )
    assert "Hva er et hjem-ordet?" in page
    assert "Amina" not in page
    for name in ("host", "citizen-2", "employee", "leader"):
        other = (
            signed_in(table.people[name]).get(f"/s/{table.process.slug}/hva-det-gjelder/").content.decode()
        )
        assert "hjem-ordet" not in other, name


def test_a_proposal_is_taken_once_or_answered(table: Table) -> None:
    changed(table, "Hva er en bolig?", ours="Kjøkkenet")
    made = question.propose(actor=table.actor("citizen"), process_id=table.process.pk, text="Hva er et hjem?")
    with pytest.raises(NotAllowed):
        question.take(actor=table.actor("host"), proposal=made, text="Hva er et hjem?")
    version = question.take(actor=table.actor("coordinator"), proposal=made, text="Hva er et hjem?")
    assert (version.number, version.changed_by, version.ours) == (2, "citizen", "Kjøkkenet")
    with pytest.raises(NotNow):
        question.answer(actor=table.actor("coordinator"), proposal=made, text="Nei")
    assert Proposal.objects.visible_to(table.actor("citizen")).get().version_id == version.pk


def test_a_wrong_form_keeps_the_words(table: Table) -> None:
    changed(table, "Hva er en bolig?")
    answer = signed_in(table.people["coordinator"]).post(
        f"/s/{table.process.slug}/hva-det-gjelder/endre/", {"once": str(uuid4()), "text": "Nye ord her"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nye ord her" in page
    assert "Velg hvem endringen kom fra." in page
    assert QuestionVersion.objects.unrestricted(TEST).count() == 1


def test_the_page_of_the_process_follows_the_question_while_they_say_the_same(table: Table) -> None:
    """Nobody writes the same twice: what people changed stands on the first page too, unless it said something else."""
    describe(
        process=table.process,
        name=table.process.name,
        purpose="Hva er en bolig?",
        actor=table.actor("coordinator"),
    )
    changed(table, "Hva er en bolig?")
    address = f"/s/{table.process.slug}/hva-det-gjelder/endre/"
    said = {"changed_by": "group", "why": "Gruppa sa det"}
    label = "Bruk de nye ordene på siden til samskapinga også"
    client = signed_in(table.people["coordinator"])
    assert label in client.get(address).content.decode()
    # A host changes the question, and not the page of the process.
    assert label not in signed_in(table.people["host"]).get(address).content.decode()

    client.post(address, {**said, "once": str(uuid4()), "text": "Hva er et hjem?", "on_the_page": "on"})
    assert Process.objects.unrestricted(TEST).get(pk=table.process.pk).purpose == "Hva er et hjem?"
    # Without the tick it stays; and what says something else is left alone.
    client.post(address, {**said, "once": str(uuid4()), "text": "Hva er et godt hjem?"})
    assert Process.objects.unrestricted(TEST).get(pk=table.process.pk).purpose == "Hva er et hjem?"
    assert label not in client.get(address).content.decode()
    changed(table, "Hva er et trygt hjem?", on_the_page=True)
    assert Process.objects.unrestricted(TEST).get(pk=table.process.pk).purpose == "Hva er et hjem?"


@pytest.mark.parametrize("begun", [True, False])
def test_the_page_of_the_process_follows_a_proposal_that_is_taken(table: Table, begun: bool) -> None:
    """Whoever proposed it, and everybody else, meets the words on the first page; also where it is the first question."""
    kari = table.actor("coordinator")
    describe(process=table.process, name=table.process.name, purpose="Hva er en bolig?", actor=kari)
    if begun:
        changed(table, "Hva er en bolig?")
    label = "Bruk de nye ordene på siden til samskapinga også"
    client = signed_in(table.people["coordinator"])

    def take(text: str, **more: str) -> str:
        made = question.propose(actor=table.actor("citizen"), process_id=table.process.pk, text=text)
        address = f"/s/{table.process.slug}/hva-det-gjelder/forslag/{made.pk}/"
        page: str = client.get(address).content.decode()
        sent = {"once": str(uuid4()), "choice": "take", "text": text, **more}
        assert client.post(address, sent).status_code == 302
        return page

    assert label in take("Hva er et hjem?", on_the_page="on")
    assert Process.objects.unrestricted(TEST).get(pk=table.process.pk).purpose == "Hva er et hjem?"
    # Without the tick it stays; and what says something else is left alone, and not asked about.
    assert label in take("Hva er et godt hjem?")
    assert label not in take("Hva er et trygt hjem?", on_the_page="on")
    assert Process.objects.unrestricted(TEST).get(pk=table.process.pk).purpose == "Hva er et hjem?"
