"""The agenda as people write it: one line for each thing, minutes first if they like, who does it last.

15 Suppe – Amina og Bjarne
Navn og noe vi er glade i
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LINE = re.compile(
    r"^(?:(?P<minutes>\d{1,3})(?:\s*min(?:utter|utt)?\.?)?[\s:]+)?(?P<text>.+?)(?:\s+[–—-]\s+(?P<who>[^–—]+))?$"
)
LONGEST = 480
"""Minutes: eight hours. A larger number belongs to the text."""


@dataclass(frozen=True)
class Line:
    """One line of an agenda. minutes: about how long, or None."""

    text: str
    minutes: int | None = None
    who: str = ""


def parse(written: str | Iterable[str]) -> list[Line]:
    """Lines from what somebody typed. Empty lines are left out; anything else is kept, word for word."""
    rows = written.splitlines() if isinstance(written, str) else written
    lines = []
    for row in rows:
        row = row.strip()
        if not row:
            continue
        match = LINE.match(row)
        minutes = int(match["minutes"]) if match and match["minutes"] else None
        if match is None or (minutes is not None and not 0 < minutes <= LONGEST):
            lines.append(Line(text=row))
        else:
            lines.append(Line(text=match["text"].strip(), minutes=minutes, who=(match["who"] or "").strip()))
    return lines


def written(items: Sequence[Line]) -> str:
    """The same as text again, to be changed."""
    rows = []
    for item in items:
        minutes = f"{item.minutes} " if item.minutes else ""
        who = f" – {item.who}" if item.who else ""
        rows.append(f"{minutes}{item.text}{who}")
    return "\n".join(rows)


@dataclass(frozen=True)
class Timed:
    """A line with about when it begins; None when a line before it has no minutes."""

    line: Line
    begins_at: datetime | None
    now: bool


def timed(items: Sequence[Line], starts_at: datetime, at: datetime) -> list[Timed]:
    """Gentle timing: about when each begins, and which one the table has come to."""
    begins: datetime | None = starts_at
    rows: list[tuple[Line, datetime | None]] = []
    for item in items:
        rows.append((item, begins))
        begins = begins + timedelta(minutes=item.minutes) if begins is not None and item.minutes else None
    reached = [number for number, (_line, begun) in enumerate(rows) if begun is not None and begun <= at]
    now = reached[-1] if reached and rows[reached[-1]][0].minutes else -1
    return [Timed(line=line, begins_at=begun, now=number == now) for number, (line, begun) in enumerate(rows)]
