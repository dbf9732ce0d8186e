"""What a round may show: an attacker who knows their own answer, and everything shown before, works out nobody's.

The attacker here is written by itself: it goes through every way in which the answers can have fallen.
"""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langbord.learning.smallgroups import LEAST, Shown, Verdict, judge, may_compare

CHOICES = ("a", "b", "c")


def people(*names: str) -> frozenset[str]:
    return frozenset(names)


def group(count: int, start: int = 0) -> frozenset[str]:
    return frozenset(f"p{n}" for n in range(start, start + count))


@pytest.mark.parametrize("count", range(LEAST))
def test_fewer_than_five_are_never_shown(count: int) -> None:
    assert judge(group(count), {"q": {"a": count}}, []) == (Verdict.FEW, frozenset())


def test_five_with_different_answers_are_shown() -> None:
    assert judge(group(5), {"q": {"a": 3, "b": 2}}, []) == (Verdict.SHOWN, {"q"})


@pytest.mark.parametrize("counts", [{"a": 5}, {"a": 4, "b": 1}, {"": 5}, {"": 4, "a": 1}])
def test_all_alike_or_all_but_one_is_held_back(counts: dict[str, int]) -> None:
    """The one who answered otherwise would know what every other answered."""
    assert judge(group(5), {"q": counts, "other": {"a": 3, "b": 2}}, []) == (Verdict.SHOWN, {"other"})


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        (group(6), True),  # the same people
        (group(5), False),  # one is away
        (group(7), False),  # one has come
        (group(11), True),  # five have come
        (group(10, 6), True),  # all others
        (group(6, 1), False),  # one went and one came
        (group(4), False),
    ],
)
def test_two_rounds_are_both_shown_only_when_nobody_stands_alone(now: frozenset[str], allowed: bool) -> None:
    assert may_compare(now, group(6)) is allowed
    earlier = Shown(group(6), {"q": {"a": 3, "b": 3}})
    half = len(now) // 2
    verdict, _shown = judge(now, {"q": {"a": half, "b": len(now) - half}}, [earlier])
    assert (verdict is Verdict.SHOWN) is allowed


def test_every_earlier_round_counts_and_not_only_the_last() -> None:
    first, second = Shown(group(6), {}), Shown(group(11), {})
    assert judge(group(12), {"q": {"a": 6, "b": 6}}, [second])[0] is Verdict.ALIKE
    assert judge(group(11), {"q": {"a": 6, "b": 5}}, [first, second])[0] is Verdict.SHOWN
    assert judge(group(7), {"q": {"a": 4, "b": 3}}, [second, first])[0] is Verdict.ALIKE


def test_five_newcomers_who_all_chose_the_same_are_not_told_by_the_difference() -> None:
    earlier = Shown(group(6), {"q": {"a": 3, "b": 3}})
    assert judge(group(11), {"q": {"a": 3, "b": 8}}, [earlier]) == (Verdict.SHOWN, frozenset())
    assert judge(group(11), {"q": {"a": 5, "b": 6}}, [earlier]) == (Verdict.SHOWN, {"q"})


# --- every way in which the answers can have fallen -------------------------------------------------------------------

Fall = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
"""Counts among those who went, those who came, and those who were there both times."""


def splits(total: int, limits: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [row for row in product(*(range(limit + 1) for limit in limits)) if sum(row) == total]


def consistent(then: tuple[int, ...], now: tuple[int, ...], gone: int, came: int) -> list[Fall]:
    """All ways to answer that give these two counts, when nobody has changed their mind."""
    found = []
    for went in splits(gone, then):
        stayed = tuple(a - b for a, b in zip(then, went, strict=True))
        new = tuple(a - b for a, b in zip(now, stayed, strict=True))
        if min(new) >= 0 and sum(new) == came:
            found.append((went, new, stayed))
    return found


def told(falls: list[Fall]) -> bool:
    """Can somebody who knows their own answer be sure of another's?"""
    for own_part, own_choice in product(range(3), range(len(CHOICES))):
        possible = []
        for fall in falls:
            if fall[own_part][own_choice] == 0:
                continue
            rest = [list(part) for part in fall]
            rest[own_part][own_choice] -= 1
            possible.append(rest)
        if not possible:
            continue
        for part in range(3):
            size = sum(possible[0][part])
            if size and any(all(rest[part][c] == size for rest in possible) for c in range(len(CHOICES))):
                return True
    return False


def tally(answers: list[str]) -> dict[str, int]:
    return dict(Counter(answers))


answers_of = st.lists(st.sampled_from(CHOICES), max_size=8)


@settings(max_examples=400, deadline=None)
@given(gone=answers_of, came=answers_of, stayed=answers_of)
def test_nobody_is_told_by_one_round_or_by_two(gone: list[str], came: list[str], stayed: list[str]) -> None:
    first, second = gone + stayed, stayed + came
    one = group(len(gone)) | group(len(stayed), 100)
    two = group(len(stayed), 100) | group(len(came), 200)
    verdict, shown = judge(one, {"q": tally(first)}, [])
    assert (verdict is Verdict.FEW) is (len(first) < LEAST)
    if "q" in shown:
        row = tuple(tally(first).get(c, 0) for c in CHOICES)
        assert not told([((0, 0, 0), (0, 0, 0), row)])
    verdict, later = judge(two, {"q": tally(second)}, [Shown(one, {"q": tally(first)} if shown else {})])
    if verdict is Verdict.SHOWN and "q" in later and shown:
        then = tuple(tally(first).get(c, 0) for c in CHOICES)
        now = tuple(tally(second).get(c, 0) for c in CHOICES)
        assert not told(consistent(then, now, len(gone), len(came)))


def test_the_attacker_of_these_tests_does_find_somebody_without_the_rule() -> None:
    """Six, then five of them: the one who stayed away is told."""
    assert told(consistent((3, 2, 1), (3, 2, 0), 1, 0))
    assert not told(consistent((3, 3, 0), (5, 6, 0), 0, 5))
