"""Every write about reflection: one's own marks, and a round that a service room does together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor, RoomFact
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.seen import check
from langbord.library.content import Sheet
from langbord.vault import keys, preload_for
from langbord.vault.lookup import digest

from . import rules, sheets, smallgroups
from .enums import Outcome
from .models import Laid, OwnMarks, Round

SAME_TIME = timedelta(days=14)
"""Marks changed within this time are the same marks; later they are new ones, beside the old."""
CLOSED = _("Runden er lukket.")
OLDER = _("Merkene du la før, er lukket det første døgnet med et nytt kort. Prøv igjen i morgen.")


def read(text: str) -> dict[str, str]:
    """Marks (or counts) as they were sealed."""
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def _written(marks: Mapping[str, Any]) -> str:
    return json.dumps(dict(marks), sort_keys=True)


def own(actor: Actor, sheet: Sheet, limit: int = 2) -> list[OwnMarks]:
    """My own marks, the last first. One query."""
    return list(OwnMarks.objects.visible_to(actor).filter(sheet_key=sheet.key)[:limit])


def keep_own(*, actor: Actor, sheet: Sheet, marks: Mapping[str, str], words: str) -> OwnMarks:
    """Keep one's own marks. Within two weeks they are written over; later they stand beside the earlier ones."""
    if actor.subject is None:
        raise NotAllowed()
    keys.ensure(actor.subject)
    with transaction.atomic():
        last = next(iter(own(actor, sheet, 1)), None)
        if last is None or clock.now() - last.begun_at > SAME_TIME:
            last = OwnMarks(
                person=actor.person,
                sealed_by=actor.subject,
                sheet_key=sheet.key,
                begun_at=clock.now(),
            )
        last.marks, last.words = _written(sheets.kept(sheet, marks)), words.strip()
        last.save()
    return last


def throw_own(*, actor: Actor, marks: OwnMarks) -> None:
    if marks.person_id != actor.person_id:
        raise NotAllowed()
    marks.delete()


def _room(actor: Actor, round_: Round) -> RoomFact:
    room = actor.room(round_.room_id)
    if room is None or not actor.may_read(room.id):
        raise NotAllowed()
    return room


def open_round(*, actor: Actor, room: RoomFact, sheet: Sheet, round_id: UUID | None = None) -> Round:
    """Open a round. NotNow when one on the same sheet stands open in the room. A second click makes nothing new."""
    if not rules.arranges(actor, room):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    known = Round.objects.unrestricted("a second click makes nothing new")
    key = round_id or uuid4()
    again = known.filter(pk=key).first()
    if again is not None:
        if again.room_id != room.id or again.opened_by_id != actor.person_id:
            raise NotAllowed()
        return again
    keys.ensure(room.id)
    try:
        with transaction.atomic():
            made = Round.objects.create(
                id=key,
                process_id=room.process_id,
                room_id=room.id,
                sealed_by=room.id,
                sheet_key=sheet.key,
                opened_by=actor.person,
                opened_at=clock.now(),
            )
            events.record(actor.person_id, "round.opened", made, process_id=room.process_id)
    except IntegrityError:
        first = known.filter(pk=key).first()
        if first is None:
            raise NotNow(_("Det er allerede en åpen runde med dette arket.")) from None
        return first
    return made


def lay(*, actor: Actor, round_: Round, sheet: Sheet, marks: Mapping[str, str], words: str) -> Laid:
    """Lay one's marks on the table. Can be changed or taken back until the round is closed."""
    room = _room(actor, round_)
    actor.must_be_open(room.process_id)
    if actor.subject is None:
        raise NotAllowed()
    given = sheets.kept(sheet, marks)
    if not given:
        raise NotNow(_("Sett minst ett merke først."))
    keys.ensure(actor.subject)
    with transaction.atomic():
        _still_open(round_)
        laid, _made = Laid.objects.unrestricted("one's own, written over").get_or_create(
            round=round_, person=actor.person, defaults={"sealed_by": actor.subject, "at": clock.now()}
        )
        if actor.reads_from is not None and laid.at < actor.reads_from:
            raise NotNow(OLDER)
        laid.marks, laid.words, laid.at = _written(given), words.strip(), clock.now()
        laid.save(update_fields=["marks", "words", "at"])
    return laid


def _still_open(round_: Round) -> None:
    """Asked of the row as it is now, and held until the transaction ends."""
    row = Round.objects.unrestricted("is the round still open?").select_for_update().get(pk=round_.pk)
    if row.closed_at is not None:
        raise NotNow(CLOSED)


def mine_in(actor: Actor, round_: Round) -> Laid | None:
    return Laid.objects.visible_to(actor).filter(round=round_).first()


def take_back(*, actor: Actor, round_: Round) -> None:
    """Take one's marks and words off the table, also after one's role has ended. After the round is closed only the words can
    go: whose the marks are can no longer be told, not by us either."""
    with transaction.atomic():
        row = Round.objects.unrestricted("is the round still open?").select_for_update().get(pk=round_.pk)
        laid = mine_in(actor, row)
        if laid is None:
            return
        if row.closed_at is None:
            laid.delete()
        else:
            laid.words = ""
            laid.save(update_fields=["words"])


def close(*, actor: Actor, round_: Round) -> Round:
    """Close a round and decide, once, what it may show. Then the marks are gone but for their counts. Not in a process that
    is over (ProcessClosed): nothing new is shown there."""
    room = _room(actor, round_)
    if not rules.arranges(actor, room):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    sheet = sheets.find(round_.sheet_key)
    with transaction.atomic():
        row = _held_with_others(round_)
        if row.closed_at is not None:
            return row
        laid = list(Laid.objects.unrestricted("counted once, when the round closes").filter(round=row))
        preload_for(laid)
        marks = [sheets.kept(sheet, read(one.marks)) for one in laid] if sheet is not None else []
        who = frozenset(_pseudonym(row.room_id, one.person_id) for one in laid)
        counts = sheets.counted(sheet, marks) if sheet is not None else {}
        earlier = _shown_before(row, [one.person_id for one in laid])
        verdict, shown = smallgroups.judge(who, counts, earlier)
        row.closed_at, row.outcome = clock.now(), Outcome(verdict.value).value
        row.result = (
            _written({"who": sorted(who), "counts": {key: counts[key] for key in sorted(shown)}})
            if row.outcome == Outcome.SHOWN
            else ""
        )
        row.save(update_fields=["closed_at", "outcome", "result"])
        for one in laid:
            one.marks = ""
            if row.outcome != Outcome.SHOWN:
                one.words = ""
            one.save(update_fields=["marks", "words"])
        events.record(actor.person_id, f"round.closed.{row.outcome}", row, process_id=row.process_id)
    return row


def _pseudonym(room_id: UUID, person_id: UUID) -> str:
    return digest("round", f"{room_id}:{person_id}")[:24]


def _held_with_others(round_: Round) -> Round:
    """A round as it is now, held; and with it every open one on the same sheet, so that of two that close at once the later
    one sees what the first has shown. In the order of their keys: nobody waits in a ring."""
    rows = Round.objects.unrestricted("closed by those who arrange").filter(sheet_key=round_.sheet_key)
    open_ones = rows.filter(Q(closed_at__isnull=True) | Q(pk=round_.pk)).order_by("pk").select_for_update()
    return {row.pk: row for row in open_ones}[round_.pk]


def _shown_before(row: Round, laid_by: Iterable[UUID]) -> list[smallgroups.Shown]:
    """Every earlier round of the same sheet that was shown, in the room, and in any other room where one of these people
    laid marks: who sits in both reads both, and a later one must not tell more with an earlier one. The digests are of one
    room each, so those of these people there are put in place of theirs here."""
    people = list(laid_by)
    rounds = Round.objects.unrestricted("held against what was shown before").filter(outcome=Outcome.SHOWN)
    earlier = list(rounds.that_these_may_compare(row, people))
    preload_for(earlier)
    found = []
    for one in earlier:
        result: dict[str, Any] = json.loads(one.result)
        here = {_pseudonym(one.room_id, pk): _pseudonym(row.room_id, pk) for pk in people}
        found.append(
            smallgroups.Shown(frozenset(here.get(who, who) for who in result["who"]), result["counts"])
        )
    return found


def fill_together(
    *,
    actor: Actor,
    round_: Round,
    sheet: Sheet,
    marks: Mapping[str, str],
    words: str,
    seen: str | None = None,
) -> Round:
    """One sheet for all, filled in aloud: whoever arranges holds the pen. For any closed round: a talk needs no figures.
    `seen`: the mark of the sheet (`both_of`) on the page; ChangedMeanwhile when somebody else has written since."""
    room = _room(actor, round_)
    if not rules.arranges(actor, room):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    if round_.closed_at is None:
        raise NotNow(_("Lukk runden først. Da ser dere om det blir et bilde."))
    said = {**sheets.kept(sheet, marks), WORDS: words.strip()}
    with transaction.atomic():
        held = Round.objects.unrestricted("the sheet for all, held while it is written").select_for_update()
        row: Round = held.get(pk=round_.pk)
        stands = both_of(sheet, row)
        check(stands, {name: said.get(name, "") for name in stands}, seen)
        row.together = json.dumps({"marks": sheets.kept(sheet, marks), "words": said[WORDS]})
        row.together_at = clock.now()
        row.save(update_fields=["together", "together_at"])
        events.record(actor.person_id, "round.filled_together", row, process_id=row.process_id)
    return row


WORDS = "words"
"""Among the keys of the questions, which have a dot."""


def both_of(sheet: Sheet, round_: Round) -> dict[str, str]:
    """What the sheet for all says now: each question's key to the choice (empty: none), and `WORDS`."""
    both: dict[str, Any] = json.loads(round_.together) if round_.together else {}
    marks = sheets.kept(sheet, both.get("marks", {}))
    return {
        **{question.key: marks.get(question.key, "") for question in sheets.questions_of(sheet)},
        WORDS: str(both.get("words", "")),
    }


@dataclass(frozen=True)
class Seen:
    """What a closed round shows: per question the counts (a question that is not here is held back), people's words
    without names, and what was filled in together."""

    people: int
    counts: dict[str, dict[str, int]]
    words: list[str]
    together: dict[str, str]
    together_words: str


def seen(actor: Actor, round_: Round) -> Seen:
    """For whoever reads the room. Two queries with the keys."""
    _room(actor, round_)
    laid: list[Laid] = []
    if round_.outcome == Outcome.SHOWN:
        laid = list(Laid.objects.unrestricted("words on the table, without names").filter(round=round_))
    preload_for([round_, *laid])
    result: dict[str, Any] = json.loads(round_.result) if round_.result else {}
    both: dict[str, Any] = json.loads(round_.together) if round_.together else {}
    return Seen(
        people=len(result.get("who", ())),
        counts=result.get("counts", {}),
        words=sorted((str(one.words) for one in laid if one.words), key=lambda text: digest("order", text)),
        together=both.get("marks", {}),
        together_words=str(both.get("words", "")),
    )
