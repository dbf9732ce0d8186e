"""What may be shown of many lists: pure functions over ids and months. Decision 0024, point 8.

A release is a run of whole months. Releases follow each other and never share a month, a list is in one at most, and a
release never changes. So whatever two moments somebody compares, the difference is whole releases, each with at least
LEAST_LISTS different citizens in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

LEAST = 5
"""Lists on each side of a shown figure: with a point skipped, and with it not skipped."""

LEAST_LISTS = 2 * LEAST
"""Different citizens in a release, beside those at the lists of any one adviser: with fewer, no figure could be shown."""

LEAST_ADVISERS = 3
"""With fewer, an adviser who knows their own lists would know a colleague's."""


@dataclass(frozen=True)
class Counted:
    """One list whose citizen said yes. advisers: who sits at it or sat there before, and knows what stands on it. month:
    the first day of the month from which it may be counted. skipped: the points that nobody ticked."""

    key: UUID
    citizen: UUID
    advisers: frozenset[UUID]
    month: date
    skipped: frozenset[str]


@dataclass(frozen=True)
class Made:
    """A release that may be shown."""

    first: date
    last: date
    lists: tuple[Counted, ...]
    figures: dict[str, int]


def month_of(day: date) -> date:
    return day.replace(day=1)


def next_release(lists: Iterable[Counted], *, after: date | None, today: date) -> Made | None:
    """The earliest release that may be made: the fewest whole months, from the first after `after` (the last month of the
    release before), that hold enough. None while they do not. The month of `today` is not over, and never counts."""
    window: list[Counted] = []
    for month, of_month in groupby(_in_window(lists, after, today), key=lambda one: one.month):
        window += of_month
        chosen = one_each(window)
        if is_enough(chosen):
            return Made(window[0].month, month, tuple(chosen), figures(chosen))
    return None


def _in_window(lists: Iterable[Counted], after: date | None, today: date) -> list[Counted]:
    now = month_of(today)
    held = [one for one in lists if one.month < now and (after is None or one.month > after)]
    return sorted(held, key=lambda one: (one.month, one.key))


def one_each(lists: Iterable[Counted]) -> list[Counted]:
    """The first list of each citizen: nobody counts twice."""
    seen: dict[UUID, Counted] = {}
    for one in lists:
        seen.setdefault(one.citizen, one)
    return list(seen.values())


def is_enough(chosen: Sequence[Counted]) -> bool:
    """Enough advisers, and enough citizens beside those at the lists of any one of them."""
    advisers = _advisers(chosen)
    return len(advisers) >= LEAST_ADVISERS and all(
        len(_beside(chosen, adviser)) >= LEAST_LISTS for adviser in advisers
    )


def figures(chosen: Sequence[Counted]) -> dict[str, int]:
    """How many lists skipped each point, where at least LEAST did and at least LEAST did not, also when any one adviser
    takes away those they know. A point that is not there was skipped by too few to say, or by too many."""
    views = [chosen, *(_beside(chosen, adviser) for adviser in _advisers(chosen))]
    skipped = Counter(point for one in chosen for point in one.skipped)
    return {
        point: number
        for point, number in sorted(skipped.items())
        if all(_five_on_each_side(view, point) for view in views)
    }


def _advisers(chosen: Sequence[Counted]) -> set[UUID]:
    return {adviser for one in chosen for adviser in one.advisers}


def _beside(chosen: Sequence[Counted], adviser: UUID) -> list[Counted]:
    """What is left when this adviser takes away the lists they know."""
    return [one for one in chosen if adviser not in one.advisers]


def _five_on_each_side(view: Sequence[Counted], point: str) -> bool:
    number = sum(point in one.skipped for one in view)
    return number >= LEAST and len(view) - number >= LEAST
