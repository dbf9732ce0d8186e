from __future__ import annotations

import ast
import datetime as dt
import threading
from pathlib import Path

import pytest

import langbord
from langbord.base import clock

SOURCE = Path(langbord.__file__).parent
ASKS_THE_TIME = {"now", "utcnow", "today", "localdate"}
OF = {"timezone", "datetime", "date", "dt"}


def test_now_is_aware_and_utc() -> None:
    assert clock.now().utcoffset() == dt.timedelta(0)


def test_frozen_time_stands_still_and_can_be_moved() -> None:
    at = dt.datetime(2026, 3, 1, 12, tzinfo=clock.OSLO)
    with clock.frozen(at) as stopped:
        assert clock.now() == at
        assert clock.now().tzinfo is dt.UTC
        stopped.move(dt.timedelta(days=1))
        assert clock.now() == at + dt.timedelta(days=1)
        with clock.frozen(at):
            assert clock.now() == at
        stopped.move_to(at)
        assert clock.now() == at
    assert clock.now() != at


def test_today_is_the_norwegian_date() -> None:
    with clock.frozen(dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)):
        assert clock.today() == dt.date(2026, 7, 1)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.frozen(dt.datetime(2026, 1, 1)):
        pass


def test_other_threads_keep_their_time() -> None:
    seen: list[dt.datetime] = []
    with clock.frozen(dt.datetime(2001, 1, 1, tzinfo=dt.UTC)):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0].year > 2001


def asks_the_time(source: str) -> list[int]:
    """Lines that ask the system clock, by calling it or by naming it as a default."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ASKS_THE_TIME:
            of = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
            if of in OF:
                lines.append(node.lineno)
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            lines.append(node.value.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
            lines.extend(node.lineno for name in node.names if name.name in ASKS_THE_TIME)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Now":
            lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    "bad",
    [
        "timezone.now()",
        "datetime.now()",
        "datetime.datetime.now(tz)",
        "dt.datetime.utcnow()",
        "date.today()",
        "f = DateTimeField(default=timezone.now)",
        "f = DateTimeField(auto_now_add=True)",
        "from django.utils.timezone import now",
        "django.utils.timezone.localdate()",
    ],
)
def test_the_check_sees(bad: str) -> None:
    assert asks_the_time(bad)


def test_the_check_lets_our_clock_pass() -> None:
    assert not asks_the_time("clock.now(); clock.today(); at = DateTimeField(default=clock.now)")


def test_nobody_else_asks_the_system_clock() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path != SOURCE / "base" / "clock.py"
        for line in asks_the_time(path.read_text("utf-8"))
    ]
    assert not found, "ask langbord.base.clock instead: " + ", ".join(found)


def test_no_template_asks_the_system_clock() -> None:
    found = [str(path) for path in SOURCE.rglob("*.html") if "{% now" in path.read_text("utf-8")]
    assert not found
