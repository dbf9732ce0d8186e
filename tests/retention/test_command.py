"""`langbord retention` shows and changes nothing; with --run, and in the tick, it is done."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.management import call_command

from langbord.base import clock
from langbord.processes.models import Notice
from tests.cast import TEST, Table

from .helpers import draft


def said(*args: str) -> Any:
    out, err = StringIO(), StringIO()
    call_command("retention", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_dry_run_tells_numbers_and_dates_and_no_words(table: Table) -> None:
    with clock.frozen(clock.now()) as stopped:
        draft(table, words="kq-hemmelig")
        stopped.move(timedelta(days=400))
        out, _err = said("--json")
        told = json.loads(out)
        assert told["dry_run"] is True
        (line,) = [row for row in told["will_go"] if row["kind"] == "draft"]
        assert line == {
            "kind": "draft",
            "process": table.process.slug,
            "goes_on": (clock.today() + timedelta(days=30)).isoformat(),
            "things": 1,
            "warned": False,
        }
        assert "kq-hemmelig" not in out
        assert "not warned yet" in said()[0]
        assert not Notice.objects.unrestricted(TEST).exists()


def test_with_run_it_warns_and_shows_how_far_it_is(table: Table) -> None:
    with clock.frozen(clock.now()) as stopped:
        draft(table)
        stopped.move(timedelta(days=400))
        out, err = said("--run", "--json")
        assert json.loads(out)["warned"]["draft"] == 1
        assert json.loads(out)["failed"] == []
        assert "1 of " in err


def test_the_tick_does_it(table: Table) -> None:
    with clock.frozen(clock.now()) as stopped:
        draft(table)
        stopped.move(timedelta(days=400))
        call_command("tick", stdout=StringIO())
        assert Notice.objects.unrestricted(TEST).filter(kind="draft").exists()
