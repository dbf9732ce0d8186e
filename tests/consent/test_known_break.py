"""A break that the operator knows of is told as known; whatever else is changed in that chain is new."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from langbord.base.models import Event
from langbord.consent import known, ledger, restored
from langbord.consent.enums import Purpose
from langbord.consent.models import ConsentEvent, ConsentRecord, NoticeText
from langbord.vault import ledger as destroyed
from tests.cast import TEST, Table
from tests.consent import helpers as h
from tests.consent.test_chain import chain as chain  # the head with four events
from tests.consent.test_chain import raw

CHANGE = "UPDATE consent_consentevent SET kind = 'given' WHERE record_id = %s AND number = %s"
GONE = "DELETE FROM consent_consentevent WHERE record_id = %s AND number = %s"


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(destroyed, "path", lambda: tmp_path / destroyed.NAME)
    settings.DATA_DIR = tmp_path


def said() -> tuple[list[str], list[str]]:
    _number, new, old = restored.chains()
    return new, old


def content(record: ConsentRecord) -> Any:
    rows = ConsentEvent.objects.unrestricted(TEST).of_record(record.pk).in_order()
    head = ConsentRecord.objects.unrestricted(TEST).get(pk=record.pk)
    return list(rows.values()), head.length, head.head


@pytest.mark.parametrize(
    "how", [(CHANGE, 2), (GONE, 1), (GONE, 4)], ids=["changed", "first gone", "end gone"]
)
def test_it_is_told_as_known_and_changed_nothing(table: Table, chain: ConsentRecord, how: Any) -> None:
    sql, number = how
    raw(sql, chain.pk, number)
    new, old = said()
    assert (len(new), old) == (1, [])
    before = content(chain)
    assert known.acknowledge(chain.pk, "prøve").since is not None
    assert content(chain) == before
    new, old = said()
    assert new == []
    assert "Kjent siden" in old[0]
    h.say_no(table.people["citizen"], Purpose.PHOTO, table.process)
    assert said()[0] == [], "what is answered after it holds"
    assert Event.objects.filter(verb="consent.break-known", object_id=chain.pk).count() == 1


@pytest.mark.parametrize("number", [1, 3, 4, 5])
def test_one_more_change_is_new(table: Table, chain: ConsentRecord, number: int) -> None:
    """Before the known one, after it, or in what was answered since."""
    raw(CHANGE, chain.pk, 2)
    known.acknowledge(chain.pk, "prøve")
    h.say_no(table.people["citizen"], Purpose.PHOTO, table.process)
    raw(
        "UPDATE consent_consentevent SET method = 'paper' WHERE record_id = %s AND number = %s",
        chain.pk,
        number,
    )
    assert said()[0]


def test_a_text_or_an_end_that_goes_is_new(table: Table, chain: ConsentRecord) -> None:
    raw(CHANGE, chain.pk, 2)
    known.acknowledge(chain.pk, "prøve")
    kept = ConsentEvent.objects.unrestricted(TEST).get(record=chain, number=2).notice_sha256
    text = NoticeText.objects.get(sha256=kept)
    NoticeText.objects.filter(pk=text.pk).update(text="noe annet")
    assert said()[0]
    NoticeText.objects.filter(pk=text.pk).update(text=text.text)
    assert not said()[0]
    raw(GONE, chain.pk, 4)
    assert said()[0]


def test_another_chain_is_not_known_with_it(table: Table, chain: ConsentRecord) -> None:
    bjarne = table.people["citizen-2"]
    h.say_yes(bjarne, Purpose.RESEARCH, table.process)
    other = h.record_of(bjarne, table.process)
    raw(CHANGE, chain.pk, 2)
    known.acknowledge(chain.pk, "prøve")
    raw("UPDATE consent_consentevent SET kind = 'refused' WHERE record_id = %s", other.pk)
    new, old = said()
    assert [str(other.pk) in line for line in new] == [True]
    assert len(old) == 1


def test_a_sign_that_somebody_else_made_is_none(chain: ConsentRecord) -> None:
    """Whoever can write to the files, and has not the key of the look-ups, makes nothing known."""
    raw(CHANGE, chain.pk, 2)
    destroyed.note(f"{known.KIND}4-4", uuid4())
    destroyed.note(f"{known.KIND}x", uuid4())
    assert said()[0]


def test_the_command_lists_asks_why_and_takes_no_whole_chain(chain: ConsentRecord, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("known_break", str(chain.pk), "--reason", "x", stdout=StringIO())
    raw(CHANGE, chain.pk, 2)
    out = StringIO()
    call_command("known_break", stdout=out)
    assert "1 brutte" in out.getvalue()
    assert str(chain.pk) in out.getvalue()
    with pytest.raises(CommandError):
        call_command("known_break", str(chain.pk), stdout=StringIO())
    for _again in range(2):
        call_command("known_break", str(chain.pk), "--reason", "to\nlinjer", stdout=StringIO())
    (line,) = (tmp_path / known.LOG).read_text().splitlines()
    assert "to linjer" in line
    assert ledger.first_broken_link(chain) is not None, "the chain is as it was"
