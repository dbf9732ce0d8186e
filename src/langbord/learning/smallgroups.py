"""What may be shown of a round that few people took part in. Pure functions: they know keys and counts, no models.

The rule (docs/decisions/0025, standards on small groups): nothing of fewer than five; nothing from which one person's answer
can be worked out by somebody who knows their own answer and everything shown before. Two rounds of the same sheet are both
shown only when the same people laid, or when at least five came and at least five (or nobody) went; otherwise the
difference would point at one. Whoever answers nothing to a question counts as an answer of its own, so that every question
has as many answers as there were people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

LEAST = 5

Counts = Mapping[str, int]
"""Choice to how many chose it."""


@dataclass(frozen=True)
class Shown:
    """A round that was shown: who laid (as digests), and per question the counts that people saw."""

    who: frozenset[str]
    counts: Mapping[str, Counts]


class Verdict(StrEnum):
    SHOWN = "shown"
    FEW = "few"
    ALIKE = "alike"


def judge(
    who: frozenset[str], counts: Mapping[str, Counts], earlier: Iterable[Shown]
) -> tuple[Verdict, frozenset[str]]:
    """Whether a round may be shown, and then which questions: those where nobody's answer can be worked out, from this
    round alone or held against an earlier one."""
    if len(who) < LEAST:
        return Verdict.FEW, frozenset()
    before = list(earlier)
    if not all(may_compare(who, other.who) for other in before):
        return Verdict.ALIKE, frozenset()
    open_to_all = {
        question
        for question, here in counts.items()
        if not _nearly_one(here, len(who))
        and not any(_tells(other, who, question, here) for other in before if question in other.counts)
    }
    return Verdict.SHOWN, frozenset(open_to_all)


def may_compare(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two rounds may both be seen: at least five in each, the same people or at least five apart each way."""
    if min(len(one), len(other)) < LEAST:
        return False
    return all(len(rest) == 0 or len(rest) >= LEAST for rest in (one - other, other - one))


def _nearly_one(counts: Counts, people: int) -> bool:
    """All but one (or all) chose the same: then that one knows what every other chose."""
    return max(counts.values(), default=0) >= people - 1


def _tells(before: Shown, who: frozenset[str], question: str, now: Counts) -> bool:
    """Whether the two together tell the answers of those who were only in one of them (or in both), if nobody has changed
    their mind. A sum in three unknowns, answered by its bounds: x those who went, y those who came, z those in both."""
    then = before.counts[question]
    gone, came, stayed = len(before.who - who), len(who - before.who), len(who & before.who)
    keys = set(then) | set(now)
    low, high = {}, {}
    for key in keys:
        change = then.get(key, 0) - now.get(key, 0)
        low[key] = max(0, change, then.get(key, 0) - stayed)
        high[key] = min(then.get(key, 0), gone, change + came)
    if any(low[key] > high[key] for key in keys) or not sum(low.values()) <= gone <= sum(high.values()):
        return False  # somebody has changed their mind: no sum goes up
    for key in keys:
        fewest = max(low[key], gone - sum(high[k] for k in keys if k != key))
        most = min(high[key], gone - sum(low[k] for k in keys if k != key))
        change = then.get(key, 0) - now.get(key, 0)
        forced = ((gone, fewest), (came, fewest - change), (stayed, then.get(key, 0) - most))
        if any(people and at_least >= people - 1 for people, at_least in forced):
            return True
    return False
