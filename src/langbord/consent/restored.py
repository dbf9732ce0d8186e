"""What is asked of consents when rows come back from a backup. A yes that was taken back does not come back with them.

Each withdrawal is noted in the ledger that lies in the data folder and beside the backups (`vault/ledger.py`): a sign that
only this installation can make of record and purpose, and the event's place in the chain. After a restore, and at each
start, a yes whose withdrawal is noted and not in the rows has run out: the person is asked anew.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from uuid import UUID

from django.db import transaction

from langbord.vault import ledger as destroyed
from langbord.vault.lookup import digest

from . import asking, known, ledger, texts
from .asking import Said
from .enums import YES_KINDS, By, EventKind, Method
from .models import ConsentEvent, ConsentRecord

log = logging.getLogger("langbord.consent")

KIND = "no-"
"""How the kind begins in the ledger; the number of the event follows, so that each withdrawal has a line of its own."""

_WHY = "was a yes taken back after the backup was taken?"
_AT_A_TIME = 200
_SECOND = timedelta(seconds=1)
"""The ledger knows whole seconds."""


def note(event: ConsentEvent) -> None:
    """When the withdrawal is stored, write it down where a restore finds it. One that can't be written is logged: the
    withdrawal itself stands."""
    transaction.on_commit(partial(_note, event.record_id, event.purpose, event.number, event.at))


def _note(record_id: UUID, purpose: str, number: int, at: datetime) -> None:
    try:
        destroyed.note(f"{KIND}{number}", _sign(record_id, purpose), at)
    except OSError as error:
        log.warning("a consent that was taken back was not noted for restores (%s)", error.strerror)


def _sign(record_id: UUID, purpose: str) -> UUID:
    return UUID(digest("consent-withdrawn", f"{record_id}:{purpose}")[:32])


def chains() -> tuple[int, list[str], list[str]]:
    """For `operate.hooks.whole`: how many chains were looked through, and a line for each that is broken: those that are new,
    and those that the operator knows of."""
    number, found = known.broken_chains()
    new, old = [one.told for one in found if not one.since], [one.told for one in found if one.since]
    return number, new, old


def ask_again(gone: destroyed.Ledger) -> str:
    """For `operate.hooks.after_restore`. Harmless to repeat; quick when nothing is noted. Says how many, never whose."""
    noted: dict[UUID, list[tuple[int, datetime]]] = defaultdict(list)
    for entry in gone.entries.values():
        if entry.kind.startswith(KIND) and entry.kind.removeprefix(KIND).isdecimal():
            noted[entry.id].append((int(entry.kind.removeprefix(KIND)), entry.at))
    if not noted:
        return ""
    found = 0
    heads = ConsentRecord.objects.unrestricted(_WHY).order_by("pk").iterator(chunk_size=_AT_A_TIME)
    while some := list(islice(heads, _AT_A_TIME)):
        chains: dict[UUID, dict[str, list[ConsentEvent]]] = defaultdict(lambda: defaultdict(list))
        for event in ConsentEvent.objects.unrestricted(_WHY).filter(record__in=some).in_order():
            chains[event.record_id][event.purpose].append(event)
        for head in some:
            for purpose, events in chains[head.pk].items():
                if any(e.kind in YES_KINDS for e in events) and _lost(noted[_sign(head.pk, purpose)], events):
                    found += _run_out(head, events)
    return f"{found} samtykker var tatt tilbake etter at kopien ble tatt. De gjelder ikke." if found else ""


def _lost(noted: list[tuple[int, datetime]], events: list[ConsentEvent]) -> bool:
    """Whether a withdrawal is noted that is not among the events, after all of them, and not made good for yet."""
    here = {event.number for event in events if event.kind == EventKind.WITHDRAWN}
    last = max(event.at for event in events)
    made_good = [event.at for event in events if event.kind == EventKind.EXPIRED]
    return any(
        number not in here and at + _SECOND > last and not any(at <= ran_out for ran_out in made_good)
        for number, at in noted
    )


def _run_out(head: ConsentRecord, events: list[ConsentEvent]) -> int:
    """Every party's yes to this purpose has run out, if there is one. How many purposes: none or one."""
    purpose = events[0].purpose
    rows = asking.rows_of_record(head.pk)
    parties = {(e.by, e.guardianship_id) for e in events if e.by != By.SYSTEM}
    if all(asking.said_by(purpose, rows, by, guard)[0] is not Said.YES for by, guard in parties):
        return 0
    said = next(e for e in reversed(events) if e.kind in YES_KINDS)
    kept = ledger.kept_text(said.notice_sha256)
    with transaction.atomic():
        ledger.append(
            record=head,
            actor=None,
            purpose=purpose,
            kind=EventKind.EXPIRED,
            notice=texts.restored(
                said.notice_id, said.notice_version, said.notice_language, kept.text if kept else ""
            ),
            by=By.SYSTEM,
            method=Method.NONE,
        )
    return 1
