"""What may be shown of many lists: the rule holds whatever the lists are."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from langbord.firstmeeting.counting import (
    LEAST,
    LEAST_ADVISERS,
    LEAST_LISTS,
    Counted,
    Made,
    next_release,
)

POINTS = ["a", "b", "c"]
TODAY = date(2027, 3, 17)
MONTHS = [date(2026, month, 1) for month in range(9, 13)] + [date(2027, month, 1) for month in (1, 2, 3, 4)]


def one(
    number: int, citizen: int, adviser: int, month: date, skipped: frozenset[str], before: int | None = None
) -> Counted:
    """`before`: another adviser, who sat at the list earlier."""
    advisers = {adviser} if before is None else {adviser, before}
    sat = frozenset(UUID(int=2000 + number) for number in advisers)
    return Counted(UUID(int=number), UUID(int=1000 + citizen), sat, month, skipped)


@st.composite
def many(draw: st.DrawFn) -> list[Counted]:
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, 30),
                st.integers(0, 5),
                st.sampled_from(MONTHS),
                st.frozensets(st.sampled_from(POINTS)),
                st.none() | st.integers(0, 5),
            ),
            max_size=80,
        )
    )
    return [one(number, *row) for number, row in enumerate(rows)]


def all_releases(lists: list[Counted], today: date = TODAY) -> list[Made]:
    made: list[Made] = []
    after: date | None = None
    used: set[UUID] = set()
    while True:
        left = [held for held in lists if held.key not in used]
        found = next_release(left, after=after, today=today)
        if found is None:
            return made
        made.append(found)
        used |= {held.key for held in found.lists}
        after = found.last


@given(many())
def test_a_release_holds_enough(lists: list[Counted]) -> None:
    for made in all_releases(lists):
        citizens = {held.citizen for held in made.lists}
        advisers = Counter(adviser for held in made.lists for adviser in held.advisers)
        assert len(citizens) == len(made.lists) >= LEAST_LISTS
        assert len(advisers) >= LEAST_ADVISERS
        assert len(made.lists) - max(advisers.values()) >= LEAST_LISTS
        assert made.last < TODAY.replace(day=1)


@given(many())
def test_five_on_each_side_of_every_figure(lists: list[Counted]) -> None:
    for made in all_releases(lists):
        for point, number in made.figures.items():
            with_it = [held for held in made.lists if point in held.skipped]
            assert number == len(with_it) >= LEAST
            assert len(made.lists) - number >= LEAST


@given(many())
def test_whoever_takes_away_their_own_lists_is_left_with_five_on_each_side(lists: list[Counted]) -> None:
    """An adviser knows what stands on the lists they sit or sat at. What is left is the colleagues'."""
    for made in all_releases(lists):
        for adviser in {adviser for held in made.lists for adviser in held.advisers}:
            colleagues = [held for held in made.lists if adviser not in held.advisers]
            for point in made.figures:
                skipped = sum(point in held.skipped for held in colleagues)
                assert skipped >= LEAST
                assert len(colleagues) - skipped >= LEAST


@given(many())
def test_no_two_views_differ_by_fewer_than_ten_citizens(lists: list[Counted]) -> None:
    """A view is any set of releases (they are added, or gone). What two of them do not share is whole releases."""
    releases = all_releases(lists)
    seen: set[UUID] = set()
    for made in releases:
        keys = {held.key for held in made.lists}
        assert not keys & seen, "a list in two releases"
        seen |= keys
        assert len({held.citizen for held in made.lists}) >= LEAST_LISTS
    for before, later in pairwise(releases):
        assert before.last < later.first, "two releases share a month"


@given(many(), many())
def test_what_was_shown_does_not_change_when_months_come(lists: list[Counted], more: list[Counted]) -> None:
    """Lists of later months only add releases."""
    before = all_releases(lists, date(2027, 1, 15))
    late = [
        Counted(UUID(int=held.key.int + 500), held.citizen, held.advisers, held.month, held.skipped)
        for held in more
        if held.month >= date(2027, 1, 1)
    ]
    after = all_releases(lists + late)
    assert after[: len(before)] == before


@given(many(), st.randoms())
@settings(max_examples=40)
def test_the_order_of_the_rows_is_nothing(lists: list[Counted], random: object) -> None:
    shuffled = list(lists)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert all_releases(shuffled) == all_releases(lists)


@given(many())
def test_the_month_that_is_not_over_tells_nothing(lists: list[Counted]) -> None:
    over = [held for held in lists if held.month < date(2027, 3, 1)]
    assert all_releases(over) == all_releases(lists)


def sixteen(skips: int, advisers: int = 3) -> list[Counted]:
    """Sixteen citizens in one month, of whom so many skipped `a`."""
    return [one(n, n, n % advisers, MONTHS[0], frozenset({"a"} if n < skips else set())) for n in range(16)]


def test_the_smallest_that_shows_something() -> None:
    (made,) = all_releases(sixteen(8))
    assert made.figures == {"a": 8}
    assert (made.first, made.last, len(made.lists)) == (MONTHS[0], MONTHS[0], 16)


def test_too_few_or_too_many_are_not_shown() -> None:
    for skips in (0, 1, 4, 5, 6, 10, 12, 15, 16):
        (made,) = all_releases(sixteen(skips))
        assert made.figures == {}, skips


def test_an_adviser_with_ten_learns_nothing_of_five_colleagues_lists() -> None:
    """Five of the ten skipped it: taking them away leaves the exact figure of the other five."""
    mine = [one(n, n, 0, MONTHS[0], frozenset({"a"} if n % 2 else set())) for n in range(10)]
    theirs = [one(n, n, 1 + n % 2, MONTHS[0], frozenset({"a"})) for n in range(10, 15)]
    assert next_release([*mine, *theirs], after=None, today=TODAY) is None
    more = [one(n, n, 1 + n % 2, MONTHS[0], frozenset({"a"})) for n in range(15, 20)]
    (made,) = all_releases([*mine, *theirs, *more])
    assert made.figures == {}, "all ten of the colleagues' skipped it"


def test_whoever_sat_at_a_list_before_knows_it_too() -> None:
    lists = [one(n, n, n % 3, MONTHS[0], frozenset({"a"} if n < 8 else set()), before=0) for n in range(16)]
    assert next_release(lists, after=None, today=TODAY) is None


def test_nine_beside_those_of_one_adviser_are_too_few() -> None:
    lists = sixteen(8)[:14]
    assert next_release(lists, after=None, today=TODAY) is None
    twice = [*lists, one(99, 0, 1, MONTHS[0], frozenset()), one(100, 1, 2, MONTHS[0], frozenset())]
    assert next_release(twice, after=None, today=TODAY) is None, "a citizen with two lists counts once"


def test_two_advisers_are_too_few() -> None:
    """Each would know the other's lists by taking away their own."""
    many_of_two = [one(n, n, n % 2, MONTHS[0], frozenset({"a"} if n % 4 < 2 else set())) for n in range(40)]
    assert next_release(many_of_two, after=None, today=TODAY) is None


def test_one_adviser_with_nearly_all_is_too_few() -> None:
    lists = [
        one(n, n, 0 if n < 12 else n, MONTHS[0], frozenset({"a"} if n % 2 else set())) for n in range(20)
    ]
    assert next_release(lists, after=None, today=TODAY) is None


def test_what_was_left_over_in_a_month_that_was_shown_is_never_shown() -> None:
    """A yes that comes late counts from its own month (see `figures_of`); what lies in a month behind is left out."""
    assert next_release(sixteen(8), after=MONTHS[0], today=TODAY) is None
