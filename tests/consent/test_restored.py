"""A backup from before somebody took a yes back does not bring it back to life."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from langbord.consent import actions, asking, ledger, restored
from langbord.consent.enums import Purpose, Standing
from langbord.consent.models import ConsentEvent, ConsentRecord
from langbord.vault import ledger as destroyed
from tests.cast import TEST, Table
from tests.consent import helpers as h
from tests.consent.test_chain import raw


@pytest.fixture(autouse=True)
def own_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same people sit in every test, and the ledger forgets nothing: these tests write one of their own."""
    monkeypatch.setattr(destroyed, "path", lambda: tmp_path / destroyed.NAME)


@pytest.fixture
def take_back(table: Table, django_capture_on_commit_callbacks: Any) -> Any:
    def done(purpose: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            h.take_back(table.people["citizen"], purpose, table.process)

    return done


def standing(table: Table, purpose: str) -> str:
    return str(asking.state(table.people["citizen"].pk, purpose, table.process.pk).standing)


def rows_of_yesterday(record: ConsentRecord, length: int) -> None:
    """The rows as an older backup has them."""
    raw("DELETE FROM consent_consentevent WHERE record_id = %s AND number > %s", record.pk, length)
    last = ConsentEvent.objects.unrestricted(TEST).of_record(record.pk).in_order().last()
    assert last is not None
    ConsentRecord.objects.unrestricted(TEST).filter(pk=record.pk).update(length=length, head=last.own_hash)


def ask_again() -> str:
    return restored.ask_again(destroyed.read(destroyed.path()))


def test_a_yes_that_was_taken_back_after_the_backup_is_asked_anew(table: Table, take_back: Any) -> None:
    amina, process = table.people["citizen"], table.process
    for purpose in (Purpose.RESEARCH, Purpose.QUOTES):
        h.say_yes(amina, purpose, process)
    h.say_yes(table.people["citizen-2"], Purpose.RESEARCH, process)
    take_back(Purpose.RESEARCH)
    record = h.record_of(amina, process)
    rows_of_yesterday(record, 2)
    assert standing(table, Purpose.RESEARCH) == Standing.YES, "what a restore alone would do"
    assert ask_again() == "1 samtykker var tatt tilbake etter at kopien ble tatt. De gjelder ikke."
    assert standing(table, Purpose.RESEARCH) == Standing.ASK_AGAIN
    assert standing(table, Purpose.QUOTES) == Standing.YES, "another answer stands"
    assert asking.who_says_yes(Purpose.RESEARCH, process.pk) == {table.people["citizen-2"].pk}
    assert ledger.first_broken_link(h.record_of(amina, process)) is None
    assert ask_again() == ""
    h.say_yes(amina, Purpose.RESEARCH, process)
    assert ask_again() == ""
    assert standing(table, Purpose.RESEARCH) == Standing.YES, "a later yes is a yes"


def test_at_an_ordinary_start_nothing_happens(table: Table, take_back: Any) -> None:
    """The withdrawal is among the rows; a yes after it stands."""
    amina, process = table.people["citizen"], table.process
    assert ask_again() == ""
    h.say_yes(amina, Purpose.RESEARCH, process)
    take_back(Purpose.RESEARCH)
    assert ask_again() == ""
    h.say_yes(amina, Purpose.RESEARCH, process)
    before = len(h.events_of(amina, process))
    assert ask_again() == ""
    assert standing(table, Purpose.RESEARCH) == Standing.YES
    assert len(h.events_of(amina, process)) == before


def test_an_adults_withdrawal_counts_as_well(table: Table, django_capture_on_commit_callbacks: Any) -> None:
    amina, process, adult = table.people["citizen"], table.process, table.actor("citizen-2")
    beside = h.guardian_for(table)
    h.say_yes(amina, Purpose.PHOTO, process)
    actions.answer_as_guardian(actor=adult, guardianship=beside, purpose=Purpose.PHOTO, yes=True)
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer_as_guardian(actor=adult, guardianship=beside, purpose=Purpose.PHOTO, yes=False)
    rows_of_yesterday(h.record_of(amina, process), 2)
    assert standing(table, Purpose.PHOTO) == Standing.YES
    ask_again()
    assert standing(table, Purpose.PHOTO) == Standing.ASK_AGAIN


def test_the_ledger_names_neither_person_nor_purpose(table: Table, take_back: Any) -> None:
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.RESEARCH, process)
    take_back(Purpose.RESEARCH)
    written = destroyed.path().read_text()
    assert " no-2 " in written
    for told in (str(amina.pk), str(h.record_of(amina, process).pk), "research"):
        assert told not in written
