"""The board, whole or in part, and the latest from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from langbord.access.actor import Actor
from langbord.vault import preload_for

from ..models import Case
from .cases import CaseLine, lines_of

PAGE = 20
"""Cases on a page of the board."""


@dataclass(frozen=True)
class Board:
    """A part of the board: what is shown of it, and whether there is more."""

    lines: list[CaseLine]
    more: bool


def board(
    actor: Actor,
    process_id: UUID,
    *,
    side: str = "",
    state: str = "",
    text: str = "",
    show: int | None = PAGE,
) -> Board:
    """The board of a process, narrowed down. `show`: how many cases (None: all, for paper).

    Sealed words are never searched in SQL: with `text` the cases of this one process are opened and read here.
    """
    cases = Case.objects.visible_to(actor).filter(process_id=process_id).as_laid()
    if side:
        cases = cases.filter(side=side)
    if state:
        cases = cases.filter(state=state)
    if text.strip():
        found = _containing(text, lines_of(actor, list(cases)))
        return Board(found[:show], more=show is not None and len(found) > show)
    if show is None:
        return Board(lines_of(actor, list(cases)), more=False)
    rows = list(cases[: show + 1])
    return Board(lines_of(actor, rows[:show]), more=len(rows) > show)


def _containing(text: str, lines: list[CaseLine]) -> list[CaseLine]:
    words = text.casefold().split()
    return [line for line in lines if all(word in _searched(line) for word in words)]


def _searched(line: CaseLine) -> str:
    parts = [line.said, line.name, line.responder]
    for told in (line.last, line.came_back):
        if told is not None:
            parts += [told.words, told.sent_to]
    return " ".join(parts).casefold()


def latest_cases(
    actor: Actor,
    process_ids: Iterable[UUID],
    limit: int = 3,
    also: Iterable[Any] = (),
    *,
    asked: bool = False,
    promised: bool = False,
) -> list[CaseLine]:
    """The latest `limit` cases of each of these processes, latest first. Three queries whatever the number. `also`: see
    `lines_of`. asked: with what waits for one's own yes, for `asked_in`. promised: and for one's own answer, for
    `promised_in`."""
    wanted = [pk for pk in process_ids if pk in actor.process_ids]
    if not wanted:
        preload_for(list(also))
        return []
    cases = Case.objects.visible_to(actor).still_said()
    if asked:
        cases = cases.with_asked(actor)
    if promised:
        cases = cases.with_promised(actor)
    if len(wanted) == 1:  # the usual case, and the cheaper question
        found = cases.filter(process_id=wanted[0]).order_by("-state_at", "pk")[:limit]
    else:
        found = cases.filter(process_id__in=wanted).latest_in_each(limit)
    return lines_of(actor, list(found), also=also)
