"""What becomes of consents when somebody leaves, when time is up, and what stands in the person's own file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from langbord.base import clock
from langbord.base.personal_data import Fate, Way
from langbord.consent import personal_data, retention
from langbord.consent.enums import Purpose
from langbord.consent.models import ConsentEvent, ConsentRecord, Guardianship
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.consent import helpers as h


@dataclass(frozen=True)
class Plan:
    person_id: UUID
    process_id: UUID | None
    way: str
    subject: UUID
    fresh: UUID | None = None


@pytest.mark.parametrize("way", Way.values)
def test_leaving_takes_ones_own_and_leaves_others(table: Table, way: str) -> None:
    amina, bjarne, process = table.people["citizen"], table.people["citizen-2"], table.process
    h.say_yes(amina, Purpose.RESEARCH, process)
    h.say_no(amina, Purpose.QUOTES, process)
    h.say_yes(bjarne, Purpose.RESEARCH, process)
    h.guardian_for(table, child="citizen-2", guardian="citizen")
    plan = Plan(amina.pk, process.pk, way, amina.sealed_by)
    told = personal_data.foretell(plan)
    with transaction.atomic():
        what = {(Fate.GONE, "consent-answer"): 2, (Fate.FREED, "adult-beside"): 1}
        assert personal_data.erase(plan) == told == what
        assert personal_data.erase(plan)[Fate.GONE, "consent-answer"] == 0
    assert {r.person_id for r in ConsentRecord.objects.unrestricted(TEST)} == {bjarne.pk}
    left = Guardianship.objects.unrestricted(TEST).get()
    assert not left.counts, "an adult who left counts no longer"
    assert not h.says_yes(bjarne, Purpose.RESEARCH, process)


def test_the_own_file_has_it_all(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    h.under_16(amina, process)
    h.guardian_for(table)
    h.say_yes(amina, Purpose.QUOTES, process)
    with keys.ring():
        sections = {s.key: s for s in personal_data.export(amina.pk)}
    facts = {fact.key: fact.value for fact in sections["consent"].items[0]}
    assert facts["answer"] == "Du sa ja"
    assert "Kan vi gjengi ordene dine" in str(facts["text"])
    assert facts["text_sha256"] == h.events_of(amina, process)[0].notice_sha256
    assert "Under 16" in str(sections["age"].items[0][0].value) or "under 16" in str(
        sections["age"].items[0][0].value
    )
    assert sections["adults"].items[0][0].value == "Bjarne"


def test_kept_for_a_time_after_one_left(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.QUOTES, process)
    h.say_yes(table.people["citizen-2"], Purpose.QUOTES, process)

    def due(before: Any) -> list[UUID | None]:
        return [thing.person_id for thing in retention._done(before)]

    assert due(clock.now() + timedelta(days=9999)) == []
    own = Membership.objects.unrestricted(TEST).get(person=amina, process=process)
    end_membership(membership=own, actor=table.actor("citizen"))
    now = clock.now()
    assert due(now - timedelta(minutes=1)) == []
    things = list(retention._done(now + timedelta(seconds=1)))
    assert [thing.person_id for thing in things] == [amina.pk]
    with transaction.atomic():
        went = retention._remove(things)
    assert went.counts == {"consent records": 1, "consent events": 1}
    assert {e.record.person_id for e in ConsentEvent.objects.unrestricted(TEST).with_process()} == {
        table.people["citizen-2"].pk
    }


def test_one_who_came_back_in_the_meantime_keeps_it(table: Table) -> None:
    from langbord.processes.actions import join

    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.QUOTES, process)
    own = Membership.objects.unrestricted(TEST).get(person=amina, process=process)
    end_membership(membership=own, actor=table.actor("citizen"))
    things = list(retention._done(clock.now() + timedelta(seconds=1)))
    join(process_id=process.pk, person=amina, role="citizen", actor=table.actor("coordinator"))
    with transaction.atomic():
        assert retention._remove(things).counts == {"consent records": 0, "consent events": 0}
    assert h.says_yes(amina, Purpose.QUOTES, process)
