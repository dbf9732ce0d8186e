"""A process keeps the texts it began with until somebody updates them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from langbord.library import content, kinds, pinning
from langbord.library.content import Section
from langbord.library.models import Copy, Pin
from langbord.library.reading import Texts
from tests.library.test_reading import GOOD, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(tmp_path: Any, monkeypatch: Any) -> Any:
    """A guide that the test can rewrite: `guide(text)`."""
    now: dict[str, tuple[Section, ...]] = {}

    def say(text: str) -> None:
        written(tmp_path, text)
        now["guide"] = kinds.read_folder(tmp_path, Section)

    monkeypatch.setattr(content, "guide", lambda organisation_id=None: now["guide"])
    say(GOOD)
    return say


def test_a_process_keeps_what_it_began_with(guide: Any) -> None:
    first, second = uuid4(), uuid4()
    assert pinning.pin_all(first) == 1
    guide(GOOD.replace("nb: Hvorfor", "nb: Ny grunn"))
    assert pinning.pin_all(first) == 0
    pinning.pin_all(second)
    old, new = pinning.pinned(first, "a-point"), pinning.pinned(second, "a-point")
    assert old is not None
    assert new is not None
    assert (old.why.nb, new.why.nb) == ("Hvorfor", "Ny grunn")
    assert old.how.nb == "Først dette.\n\nSå dette."
    with translation.override("en"):
        assert str(old.why) == "Why"
    _section, _kept, seen = pinning.with_newer(first, "a-point")
    assert seen is not None
    assert seen.why.nb == "Ny grunn"
    assert pinning.with_newer(second, "a-point")[2] is None
    assert pinning.guide_of(first)[0].points[0].why.nb == "Hvorfor"


def test_it_is_updated_when_somebody_says_so(guide: Any) -> None:
    process = uuid4()
    pinning.pin_all(process)
    guide(GOOD.replace("nb: Hvorfor", "nb: Ny grunn"))
    pinning.update(process, "a-point")
    kept = pinning.pinned(process, "a-point")
    assert kept is not None
    assert kept.why.nb == "Ny grunn"
    assert pinning.with_newer(process, "a-point")[2] is None


def test_many_processes_share_one_copy(guide: Any) -> None:
    for _ in range(5):
        pinning.pin_all(uuid4())
    assert (Copy.objects.count(), Pin.objects.count()) == (1, 5)


def test_without_a_pin_it_is_as_today_and_pinning_twice_changes_nothing(guide: Any) -> None:
    process = uuid4()
    now = pinning.pinned(process, "a-point")
    assert now is not None
    assert pinning.with_newer(process, "a-point")[2] is None
    pinning.pin(process, "a-point")
    guide(GOOD.replace("nb: Hvorfor", "nb: Ny grunn"))
    kept = pinning.pin(process, "a-point")
    assert kept is not None
    assert kept.why.nb == "Hvorfor"
    assert pinning.pinned(process, "no-such-point") is None
    assert pinning.update(process, "no-such-point") is None


def test_a_point_that_left_the_guide_stays_in_the_process(guide: Any) -> None:
    process = uuid4()
    pinning.pin_all(process)
    guide(GOOD.replace("key: a-point", "key: b-point"))
    assert [p.key for p in pinning.guide_of(process)[0].points] == ["b-point", "a-point"]


def test_pages_cost_the_same_for_one_and_for_many(guide: Any, django_assert_num_queries: Any) -> None:
    process = uuid4()
    pinning.pin_all(process)
    with django_assert_num_queries(1):
        pinning.guide_of(process)
    with django_assert_num_queries(1):
        pinning.with_newer(process, "a-point")


def test_a_kept_copy_is_the_whole_point(guide: Any) -> None:
    (section,) = content.guide()
    (point,) = section.points
    assert pinning.opened(pinning.body_of(point)) == point
    assert isinstance(point.title, Texts)
