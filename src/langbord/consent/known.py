"""A break in a chain that the operator has looked into: known from then on, so that a drill tells what is new.

Nothing in the chain is changed. The ledger beside the database (`vault/ledger.py`) gets a sign that only this installation can
make of the chain exactly as it stands, broken. What is added afterwards must hold from there; whatever else changes in
what was known makes another sign, and is a new break.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from langbord.base import clock, events
from langbord.vault import ledger as destroyed
from langbord.vault.lookup import digest

from . import ledger
from .ledger import Broken
from .models import ConsentEvent, ConsentRecord

KIND = "broken-"
"""How the kind begins in the ledger; how many answers there were, and how many there should have been, follow."""

LOG = "operator.log"
"""Beside the ledger: why the operator takes a break for known, in their own words, one line of JSON each."""

_WHY = "is the chain whole?"

Marks = Mapping[tuple[int, int, UUID], dt.datetime]


@dataclass(frozen=True)
class Found:
    """A chain that does not hold, and since when that is known; None: it is new."""

    broken: Broken
    since: dt.datetime | None

    @property
    def told(self) -> str:
        if self.since is None:
            return self.broken.told
        return f"{self.broken.told} Kjent siden {self.since.astimezone(clock.OSLO):%d.%m.%Y}."


def broken_chains() -> tuple[int, list[Found]]:
    """How many chains there are, and each that does not hold."""
    marks = _marks()
    number, broken = ledger.broken_links()
    return number, [_known(one, marks) if marks else Found(one, None) for one in broken]


def acknowledge(record_id: UUID, reason: str) -> Found:
    """The operator knows of this break. The reason goes to the operator's log, that it was done to the log of events.

    ValueError: there is no such chain, or it holds. Saying it again changes nothing.
    """
    with transaction.atomic():
        heads = ConsentRecord.objects.unrestricted(_WHY).filter(pk=record_id)
        record = heads.select_for_update().first()
        broken = ledger.first_broken_link(record) if record is not None else None
        if record is None or broken is None:
            raise ValueError(record_id)
        found = _known(broken, _marks())
        if found.since is not None:
            return found
        chain, kept = _chain(record)
        now = clock.now()
        told = {"at": now.isoformat(), "what": broken.told, "reason": " ".join(reason.split())}
        destroyed.append(Path(settings.DATA_DIR) / LOG, json.dumps(told) + "\n")
        destroyed.note(
            f"{KIND}{len(chain)}-{record.length}", _sign(record, chain, record.length, record.head, kept), now
        )
        events.record(None, "consent.break-known", record)
        return Found(broken, now)


def _marks() -> Marks:
    found = {}
    for entry in destroyed.read(destroyed.path()).entries.values():
        rows, _, length = entry.kind.removeprefix(KIND).partition("-")
        if entry.kind.startswith(KIND) and rows.isdecimal() and length.isdecimal():
            found[int(rows), int(length), entry.id] = entry.at
    return found


def _known(broken: Broken, marks: Marks) -> Found:
    """Whether this is a break that is known; if so, the chain must hold from there."""
    record = ConsentRecord.objects.unrestricted(_WHY).get(pk=broken.record_id)
    chain, kept = _chain(record)
    for (rows, length, sign), since in marks.items():
        if rows > len(chain):
            continue
        before, after = chain[:rows], chain[rows:]
        head = after[0].previous_hash if after else record.head
        if _sign(record, before, length, head, kept) == sign:
            new = ledger.first_broken_after(record, after, kept, length, head)
            return Found(new, None) if new is not None else Found(broken, since)
    return Found(broken, None)


def _chain(record: ConsentRecord) -> tuple[list[ConsentEvent], dict[str, str]]:
    chain = list(ConsentEvent.objects.unrestricted(_WHY).of_record(record.pk).in_order())
    return chain, ledger.kept_texts(chain)


def _sign(
    record: ConsentRecord, chain: Sequence[ConsentEvent], length: int, head: str, kept: Mapping[str, str]
) -> UUID:
    """All of the chain as it stands, what its head says of it, and the texts that were answered to."""
    state = [
        [
            event.number,
            event.previous_hash,
            event.own_hash,
            event.computed_hash(),
            hashlib.sha256(kept.get(event.notice_sha256, "").encode()).hexdigest(),
        ]
        for event in chain
    ]
    return UUID(digest("consent-broken", json.dumps([str(record.pk), length, head, state]))[:32])
