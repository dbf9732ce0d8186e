"""What was received by the authority, as a file for its archive: a text and a JSON with the facts for each, in a zip."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any
from uuid import UUID

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.processes.models import Process
from langbord.vault import preload_for
from langbord.vault.fields import Unopenable

from . import rules
from .models import Received

FORMAT = "langbord-received-1"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Entries carry no clock of their own, so that the same things make the same file; the times stand in the JSON."""


def export(*, actor: Actor, process: Process) -> bytes:
    """The zip, for the coordinator of the process. Logged. NotAllowed for anybody else."""
    if not rules.keeps_records(actor, process.pk):
        raise NotAllowed()
    rows = list(Received.objects.visible_to(actor).filter(process_id=process.pk))
    events.record(actor.person_id, "received.exported", process, process_id=process.pk)
    return packed(rows, process)


def export_by_operator(process: Process) -> bytes:
    """The same from the command line, for whoever runs the machine and hands it to the archive. Logged, without a person."""
    rows = Received.objects.unrestricted("an operator hands the authority what it has received")
    events.record(None, "received.exported", process, process_id=process.pk)
    return packed(list(rows.filter(process_id=process.pk).with_organisation()), process)


def process_called(slug: str) -> Process | None:
    """For the command line."""
    return Process.objects.unrestricted("an operator names a process").filter(slug=slug).first()


def packed(rows: list[Received], process: Process) -> bytes:
    """`mottatt/<day>-<id>.txt` and `.json` for each, and `innhold.json` with them all in order."""
    preload_for(rows)
    listed: list[dict[str, Any]] = []
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            name = f"mottatt/{row.received_at.astimezone(clock.OSLO):%Y-%m-%d}-{row.pk}"
            # What can't be opened is said to be so, and gets no text file that could be taken for the record.
            can_open = not isinstance(row.body, Unopenable)
            text = (str(row.body).rstrip() + "\n").encode() if can_open else b""
            facts = facts_of(row, text if can_open else None, f"{name}.txt")
            if can_open:
                _write(archive, f"{name}.txt", text)
            _write(archive, f"{name}.json", _json(facts))
            listed.append(facts)
        _write(
            archive, "innhold.json", _json({"format": FORMAT, "process": process.name, "received": listed})
        )
    return made.getvalue()


def facts_of(row: Received, text: bytes | None, file: str) -> dict[str, Any]:
    """Times are ISO 8601, UTC. `sha256` is of the text file; None, as `file`, when the words can't be opened."""
    return {
        "format": FORMAT,
        "id": str(row.pk),
        "organisation": row.organisation.name,
        "process": str(row.about),
        "received_at": row.received_at.isoformat(),
        "said_at": row.said_at.isoformat(),
        "said_by": str(row.said_by),
        "asked_by": str(row.asked_by_name),
        "reason": str(row.reason),
        "archive_reference": str(row.archive_reference),
        "file": file if text is not None else None,
        "sha256": hashlib.sha256(text).hexdigest() if text is not None else None,
    }


def file_name(process: Process) -> str:
    return f"mottatt-{process.slug}-{clock.today():%Y-%m-%d}.zip"


def received_in(actor: Actor, process_id: UUID) -> list[Received]:
    """What this actor may read of it, oldest first, with the keys fetched. Two queries."""
    rows = list(Received.objects.visible_to(actor).filter(process_id=process_id))
    preload_for(rows)
    return rows


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
