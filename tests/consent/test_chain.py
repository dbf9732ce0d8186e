"""Events are only ever added to; a chain tells of what was meddled with; a second click adds nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError

from langbord.base.errors import NotAllowed, NotNow
from langbord.base.models import AppendOnly, Event
from langbord.consent import actions, asking, hooks, ledger, setup, texts
from langbord.consent.enums import EventKind, Purpose
from langbord.consent.models import ConsentEvent, ConsentRecord, NoticeText
from langbord.consent.removing import remove
from tests.cast import TEST, Table
from tests.consent import helpers as h


@pytest.fixture
def chain(table: Table) -> ConsentRecord:
    """A head with four events."""
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.RESEARCH, process)
    h.say_no(amina, Purpose.QUOTES, process)
    h.take_back(amina, Purpose.RESEARCH, process)
    h.say_yes(amina, Purpose.RESEARCH, process)
    return h.record_of(amina, process)


def raw(sql: str, *values: Any) -> None:
    """Past everything the program knows, as somebody with the database file would."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [v.hex if isinstance(v, UUID) and connection.vendor == "sqlite" else v for v in values]
        )


def test_a_whole_chain(chain: ConsentRecord) -> None:
    events = list(ConsentEvent.objects.unrestricted(TEST).of_record(chain.pk).in_order())
    assert [e.kind for e in events] == ["given", "refused", "withdrawn", "given"]
    assert [e.previous_hash for e in events][1:] == [e.own_hash for e in events][:-1]
    assert ledger.first_broken_link(chain) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "given"),
        ("purpose", "photo"),
        ("notice_version", "7.0"),
        ("notice_sha256", "0" * 64),
        ("method", "paper"),
        ("by", "guardian"),
        ("age_band", "under_16"),
        ("at", "2001-01-01 10:00:00+00:00"),
        ("recorded_by", uuid4()),
    ],
)
def test_a_changed_field_is_found(chain: ConsentRecord, column: str, value: Any) -> None:
    raw(f"UPDATE consent_consentevent SET {column} = %s WHERE record_id = %s AND number = 2", value, chain.pk)
    broken = ledger.first_broken_link(chain)
    assert broken is not None
    assert (broken.number, broken.what) == (2, "content")


def test_a_forged_hash_is_found_at_the_next_link(chain: ConsentRecord) -> None:
    raw("UPDATE consent_consentevent SET kind = 'given' WHERE record_id = %s AND number = 2", chain.pk)
    forged = ConsentEvent.objects.unrestricted(TEST).get(record=chain, number=2).computed_hash()
    raw("UPDATE consent_consentevent SET own_hash = %s WHERE record_id = %s AND number = 2", forged, chain.pk)
    broken = ledger.first_broken_link(chain)
    assert broken is not None
    assert (broken.number, broken.what) == (3, "previous")


@pytest.mark.parametrize(("gone", "number", "what"), [(1, 1, "number"), (3, 3, "number"), (4, 4, "end")])
def test_a_missing_event_is_found(chain: ConsentRecord, gone: int, number: int, what: str) -> None:
    raw("DELETE FROM consent_consentevent WHERE record_id = %s AND number = %s", chain.pk, gone)
    broken = ledger.first_broken_link(chain)
    assert broken is not None
    assert (broken.number, broken.what) == (number, what)


def test_a_changed_text_is_found(chain: ConsentRecord) -> None:
    raw("UPDATE consent_noticetext SET text = 'Du sa ja til alt' WHERE purpose = 'quotes'")
    broken = ledger.first_broken_link(chain)
    assert broken is not None
    assert (broken.number, broken.what) == (2, "text")


def test_all_chains_are_looked_through_and_each_broken_one_is_named(
    chain: ConsentRecord, table: Table, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    """What a drill asks: over all heads, some at a time."""
    others = [table.people[name] for name in ("citizen-2", "host", "employee")]
    for person in others:
        h.say_yes(person, Purpose.RESEARCH, table.process)
    assert ledger.broken_links() == (4, [])
    gone = h.record_of(others[0], table.process)
    raw("UPDATE consent_consentevent SET kind = 'given' WHERE record_id = %s AND number = 2", chain.pk)
    raw("DELETE FROM consent_consentevent WHERE record_id = %s", gone.pk)
    for at_a_time in (200, 1):
        monkeypatch.setattr(ledger, "_AT_A_TIME", at_a_time)
        number, found = ledger.broken_links()
        assert number == 4
        assert {(b.record_id, b.number, b.what) for b in found} == {
            (chain.pk, 2, "content"),
            (gone.pk, 1, "end"),
        }
    told = " ".join(broken.told for broken in found)
    assert f"Samtykke {chain.pk}: svar nummer 2 er endret etterpå." in told
    monkeypatch.setattr(ledger, "_AT_A_TIME", 200)
    with django_assert_num_queries(3):
        ledger.broken_links()


def test_nothing_is_changed_or_removed(chain: ConsentRecord) -> None:
    event = ConsentEvent.objects.unrestricted(TEST).of_record(chain.pk).in_order()[0]
    event.kind = EventKind.REFUSED
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    rows = ConsentEvent.objects.unrestricted(TEST).of_record(chain.pk)
    for change in (
        lambda: rows.update(kind="given"),
        lambda: rows.delete(),
        lambda: ConsentEvent.objects.bulk_update([event], ["kind"]),
    ):
        with pytest.raises(AppendOnly):
            change()
    with pytest.raises(ProtectedError), transaction.atomic():
        chain.delete()
    assert ledger.first_broken_link(chain) is None


def test_only_leaving_removes_and_it_takes_all(chain: ConsentRecord, table: Table) -> None:
    h.say_yes(table.people["citizen-2"], Purpose.RESEARCH, table.process)
    with transaction.atomic():
        assert remove([chain.pk]) == 4
    left = ConsentEvent.objects.unrestricted(TEST)
    assert {e.record_id for e in left} == {h.record_of(table.people["citizen-2"], table.process).pk}
    assert asking.who_says_yes(Purpose.RESEARCH, table.process.pk) == {table.people["citizen-2"].pk}


def test_a_second_click_adds_nothing(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    actor, key = table.actor("citizen"), uuid4()

    def click(yes: bool, once: UUID) -> ConsentEvent:
        return actions.answer(
            actor=actor, process_id=process.pk, purpose=Purpose.PHOTO, yes=yes, event_id=once
        )

    first = click(True, key)
    assert click(True, key).pk == first.pk == key
    assert click(True, uuid4()).pk == first.pk, "the same answer again is no new answer"
    back = actions.withdraw(actor=actor, process_id=process.pk, purpose=Purpose.PHOTO)
    assert actions.withdraw(actor=actor, process_id=process.pk, purpose=Purpose.PHOTO) is None
    assert back is not None
    # The old form, sent late, does not bring the yes back.
    assert click(True, key).pk == first.pk
    assert not h.says_yes(amina, Purpose.PHOTO, process)
    assert [e.kind for e in h.events_of(amina, process)] == ["given", "withdrawn"]


def test_the_key_of_a_form_opens_nothing_of_others(table: Table) -> None:
    key = uuid4()
    actions.answer(
        actor=table.actor("citizen"), process_id=table.process.pk, purpose="photo", yes=True, event_id=key
    )
    for purpose in ("photo", "quotes"):
        with pytest.raises(NotAllowed), transaction.atomic():
            actions.answer(
                actor=table.actor("citizen-2"),
                process_id=table.process.pk,
                purpose=purpose,
                yes=True,
                event_id=key,
            )


def test_who_may_answer(table: Table) -> None:
    for name in ("anonymous", "outsider", "withdrawn", "citizen-other-process", "operator"):
        with pytest.raises(NotAllowed):
            actions.answer(actor=table.actor(name), process_id=table.process.pk, purpose="photo", yes=True)
    with pytest.raises(NotAllowed):
        actions.answer(actor=table.actor("citizen"), process_id=table.process.pk, purpose="alt", yes=True)
    h.say_yes(table.people["citizen"], "photo", table.process)


def test_one_who_left_says_yes_to_nothing(table: Table) -> None:
    from langbord.processes.actions import end_membership
    from langbord.processes.models import Membership

    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.QUOTES, process)
    assert h.says_yes(amina, Purpose.QUOTES, process)
    own = Membership.objects.unrestricted(TEST).get(person=amina, process=process)
    end_membership(membership=own, actor=table.actor("citizen"))
    assert not h.says_yes(amina, Purpose.QUOTES, process)
    assert asking.who_says_yes(Purpose.QUOTES, process.pk) == frozenset()


def test_a_yes_in_one_process_is_none_in_another(table: Table) -> None:
    h.say_yes(table.people["citizen"], Purpose.QUOTES, table.process)
    assert not h.says_yes(table.people["citizen"], Purpose.QUOTES, table.other)
    assert asking.who_says_yes(Purpose.QUOTES, table.other.pk) == frozenset()


def test_a_purpose_that_the_process_does_not_use_is_not_asked_and_counts_for_nothing(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.RECORDING, process)
    setup.choose_purposes(actor=table.actor("coordinator"), process_id=process.pk, used=["research"])
    assert not h.says_yes(amina, Purpose.RECORDING, process)
    with pytest.raises(NotNow):
        h.say_yes(amina, Purpose.PHOTO, process)
    assert h.take_back(amina, Purpose.RECORDING, process) is not None, "taking back works all the same"
    h.say_yes(amina, Purpose.TAKING_PART, process)
    with pytest.raises(NotAllowed):
        setup.choose_purposes(actor=table.actor("host"), process_id=process.pk, used=[])


def test_a_text_that_changed_while_it_was_read_is_not_answered(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    for shown in ("0" * 64, texts.notice("photo", "nn").sha256):  # type: ignore[union-attr]
        with pytest.raises(NotNow):
            actions.answer(
                actor=table.actor("citizen"), process_id=process.pk, purpose="photo", yes=True, shown=shown
            )
    assert not ConsentEvent.objects.unrestricted(TEST).filter(record__person=amina).exists()


def test_what_is_kept_is_the_text_that_was_shown(table: Table) -> None:
    event = h.say_yes(table.people["citizen"], Purpose.QUOTES, table.process, language="nn")
    kept = NoticeText.objects.get(sha256=event.notice_sha256)
    notice = texts.notice(Purpose.QUOTES, "nn")
    assert notice is not None
    assert kept.text == notice.text
    assert (event.notice_version, event.notice_language) == (notice.version, "nn")


def test_the_log_is_told_that_and_never_what(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.QUOTES, process)
    h.take_back(amina, Purpose.QUOTES, process)
    h.under_16(amina, process)
    told = [e.verb for e in Event.objects.filter(verb__startswith="consent")]
    assert told == ["consent.changed", "consent.changed", "consent.age-said"]


def test_whoever_must_act_at_once_is_told(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(hooks, "after_withdrawal", [lambda *what: told.append(what)])
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.QUOTES, process)
    assert told == []
    h.take_back(amina, Purpose.QUOTES, process)
    assert told == [(amina.pk, Purpose.QUOTES, process.pk)]
    h.say_no(amina, Purpose.PHOTO, process)
    assert len(told) == 1, "a no from the beginning takes nothing back"
    h.say_yes(amina, Purpose.RESEARCH, process)
    h.under_16(amina, process)
    assert (amina.pk, Purpose.RESEARCH, process.pk) in told, "an adult must say yes now, and has not"


def test_a_hook_that_fails_undoes_the_whole(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*what: Any) -> None:
        raise RuntimeError("the recording could not be deleted")

    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.RECORDING, process)
    monkeypatch.setattr(hooks, "after_withdrawal", [fail])
    with pytest.raises(RuntimeError):
        h.take_back(amina, Purpose.RECORDING, process)
    assert [e.kind for e in h.events_of(amina, process)] == ["given"]


def test_it_runs_out_by_the_system(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.RESEARCH, process)
    record = h.record_of(amina, process)
    event = actions.expire(record=record, purpose=Purpose.RESEARCH)
    assert event is not None
    assert (event.by, event.method, event.recorded_by) == ("system", "none", None)
    assert actions.expire(record=record, purpose=Purpose.RESEARCH) is None
    assert not h.says_yes(amina, Purpose.RESEARCH, process)
    again = h.say_yes(amina, Purpose.RESEARCH, process)
    assert again.kind == EventKind.CONFIRMED
    assert ledger.first_broken_link(h.record_of(amina, process)) is None


def test_who_says_yes_takes_two_queries_with_thirty(table: Table, django_assert_num_queries: Any) -> None:
    everybody = [p for name, p in table.people.items() if table.process.pk in table.actor(name).process_ids]
    for person in everybody:
        h.say_yes(person, Purpose.RESEARCH, table.process)
    assert len(everybody) > 10
    with django_assert_num_queries(2):
        assert asking.who_says_yes(Purpose.RESEARCH, table.process.pk) == {p.pk for p in everybody}
