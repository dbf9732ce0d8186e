"""The material as a file: JSON to read on with, CSV for a spreadsheet. The same words as on the page, nothing more."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from langbord.base import clock

from .material import Said

COLUMNS = ("ref", "who", "room", "kind", "month", "may_be_quoted", "text")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
RULE = (
    "Only words whose author said yes to research when this file was made. A yes can be taken back: fetch the file anew "
    "before you use it, and remove what is no longer in it. Quote only what may_be_quoted."
)


def rows(said: Sequence[Said]) -> list[dict[str, Any]]:
    return [
        {
            "ref": s.ref,
            "who": s.who,
            "room": s.room,
            "kind": s.kind,
            "month": s.month,
            "may_be_quoted": s.quotable,
            "text": s.text,
        }
        for s in said
    ]


def as_json(said: Sequence[Said], slug: str) -> bytes:
    held = {
        "process": slug,
        "made_on": clock.today().isoformat(),
        "rule": RULE,
        "pieces": rows(said),
    }
    return json.dumps(held, ensure_ascii=False, indent=1).encode()


def as_csv(said: Sequence[Said]) -> bytes:
    """With a mark of byte order, so that spreadsheets read æ, ø and å. A text that a spreadsheet would take for a
    formula gets an apostrophe in front."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for found in rows(said):
        writer.writerow({key: _harmless(value) for key, value in found.items()})
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
