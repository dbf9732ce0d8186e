"""Data keys: one per subject, in the vault, wrapped by the master key.

Sealed rows never hold a key, only the id of the subject. To destroy the key is to make every text of that
subject unreadable at once, in the live system and in every copy of the data.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connections, transaction

from langbord.base import clock
from langbord.vault import keyfiles, ledger, residue
from langbord.vault.errors import KeyDestroyed, KeyMissing, KeyUnavailable
from langbord.vault.models import DataKey
from langbord.vault.router import VAULT

WORDS = "words"

# A usable key, or why there is none.
Outcome = AESGCM | type[KeyUnavailable]

_ring: ContextVar[dict[UUID, Outcome] | None] = ContextVar("langbord_key_ring", default=None)


@contextmanager
def ring() -> Iterator[None]:
    """Hold on to opened keys until the end of the block: a request, a job, a command.

    Outside a ring every opened text costs a query, because no key stays in memory longer than somebody needs
    it. A ring inside a ring is the outer one.
    """
    if _ring.get() is not None:
        yield
        return
    token = _ring.set({})
    try:
        yield
    finally:
        _ring.reset(token)


def for_subject(subject: UUID) -> AESGCM:
    """The key of a subject, for opening. KeyMissing or KeyDestroyed if there is none; makes nothing."""
    outcome = _known(subject)
    if outcome is None:
        outcome = _fetch([subject])[subject]
    if isinstance(outcome, AESGCM):
        return outcome
    raise outcome(str(subject))


def preload(subjects: Iterable[UUID]) -> None:
    """Fetch the keys of many subjects into the ring in one query; none if all are there or without a ring."""
    if _ring.get() is None:
        return
    wanted = [subject for subject in set(subjects) if _known(subject) is None]
    if wanted:
        _fetch(wanted)


def ensure(subject: UUID) -> AESGCM:
    """The key of a subject, for sealing; made if there is none.

    It is committed in the vault before this returns, so no row can be stored whose key was lost with a
    rolled-back transaction or a power cut. KeyDestroyed if the key was destroyed; KeyMissing if there is one
    that the master key cannot unwrap; RuntimeError inside a transaction on the vault, where nothing can be
    committed.
    """
    known = _known(subject)
    return known if isinstance(known, AESGCM) else ensure_many([subject])[subject]


def ensure_many(subjects: Iterable[UUID]) -> dict[UUID, AESGCM]:
    """`ensure` for many, in at most four queries."""
    wanted = set(subjects)
    usable = {s: key for s in wanted if isinstance(key := _known(s), AESGCM)}
    unknown = wanted - usable.keys()
    if not unknown:
        return usable
    rows = {row.subject for row in _rows(unknown)}
    if absent := unknown - rows:
        _make(absent)
    for subject, outcome in _fetch(unknown).items():
        if not isinstance(outcome, AESGCM):
            raise outcome(str(subject))
        usable[subject] = outcome
    return usable


def destroy(subject: UUID) -> bool:
    """Destroy a subject's key for good, and see to it that none is made again. False if it was gone already.

    It is written in the ledger first, so that a destruction cut off here is finished at the next start, and a backup
    of the vault from before cannot bring the key back (OSError if that cannot be written; then nothing has happened).
    The row stays, emptied, as a tombstone: also when there never was a key, so that one being made in another
    process at the same moment cannot outlive this. On SQLite the old bytes are overwritten in the file too.
    On PostgreSQL they remain in dead rows and in the write-ahead log until those are cleaned: that, and older
    backups of the vault, are what a change of master key is for.
    """
    at = clock.now()
    ledger.note(ledger.KEY, subject, at)
    return _empty(subject, at)


def replay(known: ledger.Ledger | None = None) -> int:
    """Destroy again what a ledger says was destroyed and this vault does not know of: it was put back from a backup.

    `known`: another ledger than the one in the data folder. Gives the number of keys that had come back to life or
    had no tombstone.
    """
    said = (ledger.read(ledger.path()) if known is None else known).ids(ledger.KEY)
    missing = said.keys() - set(
        DataKey.objects.filter(purpose=WORDS, destroyed_at__isnull=False).values_list("subject", flat=True)
    )
    for subject in sorted(missing):
        _empty(subject, said[subject])
    return len(missing)


def tombstones() -> list[ledger.Entry]:
    """Every destroyed key of this vault, as the ledger would say it."""
    rows = DataKey.objects.filter(purpose=WORDS, destroyed_at__isnull=False).values_list(
        "subject", "destroyed_at"
    )
    return [ledger.Entry(ledger.KEY, subject, at) for subject, at in rows if at is not None]


def opens(subject: UUID) -> bool:
    """Whether there is a usable key for this subject, past any ring."""
    return any(row.destroyed_at is None and isinstance(_unwrapped(row), AESGCM) for row in _rows([subject]))


def count() -> tuple[int, int]:
    """How many keys there are, and how many of them the master keys at hand do not open."""
    rows = DataKey.objects.filter(destroyed_at__isnull=True)
    outcomes = Counter(isinstance(_unwrapped(row), AESGCM) for row in rows.iterator())
    return outcomes.total(), outcomes[False]


def _empty(subject: UUID, at: dt.datetime) -> bool:
    if connections[VAULT].vendor == "sqlite":
        _pragma("PRAGMA secure_delete = ON")
    with transaction.atomic(using=VAULT, durable=True):
        tombstone = DataKey(
            subject=subject, purpose=WORDS, wrapped=b"", kek_id="", created_at=at, destroyed_at=at
        )
        DataKey.objects.bulk_create([tombstone], ignore_conflicts=True)
        emptied = DataKey.objects.filter(subject=subject, destroyed_at__isnull=True).update(
            wrapped=b"", destroyed_at=at
        )
    residue.settle(VAULT)
    held = _ring.get()
    if held is not None:
        held[subject] = KeyDestroyed
    return emptied > 0


def is_destroyed(subject: UUID) -> bool:
    return DataKey.objects.filter(subject=subject, purpose=WORDS, destroyed_at__isnull=False).exists()


def _known(subject: UUID) -> Outcome | None:
    held = _ring.get()
    return None if held is None else held.get(subject)


def _rows(subjects: Iterable[UUID]) -> list[DataKey]:
    return list(DataKey.objects.filter(subject__in=list(subjects), purpose=WORDS))


def _fetch(subjects: Iterable[UUID]) -> dict[UUID, Outcome]:
    outcomes: dict[UUID, Outcome] = dict.fromkeys(subjects, KeyMissing)
    masters: dict[str, keyfiles.KeyFile | None] = {}
    for row in _rows(outcomes):
        if row.destroyed_at is not None:
            outcomes[row.subject] = KeyDestroyed
            continue
        if row.kek_id not in masters:
            masters[row.kek_id] = keyfiles.by_id(row.kek_id)
        outcomes[row.subject] = _unwrapped(row, masters[row.kek_id])
    held = _ring.get()
    if held is not None:
        held.update(outcomes)
    return outcomes


def _unwrapped(row: DataKey, master: keyfiles.KeyFile | None = None) -> Outcome:
    """`master`: the master key of this row, where the caller has looked it up already."""
    master = master or keyfiles.by_id(row.kek_id)
    while master is None:
        # Read just before the master keys were exchanged, and looked at just after.
        again = DataKey.objects.filter(pk=row.pk).first()
        if again is None or again.kek_id == row.kek_id:
            return KeyMissing
        row = again
        master = keyfiles.by_id(row.kek_id)
    key = master.unwrap(bytes(row.wrapped))
    return AESGCM(key) if key is not None and len(key) == 32 else KeyMissing


def _make(subjects: Iterable[UUID]) -> None:
    """Store new keys; a subject that got one in the meantime keeps that one."""
    keyfiles.confirm(keyfiles.master())
    with transaction.atomic(using=VAULT, durable=True):
        master = keyfiles.in_force()
        fresh = [
            DataKey(subject=s, purpose=WORDS, wrapped=master.wrap(secrets.token_bytes(32)), kek_id=master.id)
            for s in subjects
        ]
        DataKey.objects.bulk_create(fresh, ignore_conflicts=True)


def _pragma(statement: str) -> object:
    with connections[VAULT].cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None
