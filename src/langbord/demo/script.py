"""Reads the scripts of the example (`content/example/*.yaml`): who there is, and what happened on which day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from langbord.base import clock

FOLDER = Path(__file__).resolve().parent.parent / "content" / "example"
SCRIPTS = ("hjem", "unge")


def load(name: str) -> dict[str, Any]:
    """One script, as plain data."""
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def moment(base: date, day: int, hour: int = 12) -> datetime:
    """A time of day in Norway, `day` days from `base` (negative: before)."""
    return datetime.combine(base + timedelta(days=day), time(hour), tzinfo=clock.OSLO)


def happenings(script: dict[str, Any]) -> list[tuple[int, int, str, dict[str, Any]]]:
    """Everything that happened, in order of time: (day, hour, verb, facts). Gatherings give several happenings."""
    found: list[tuple[int, int, int, str, dict[str, Any]]] = []

    def add(day: int, hour: int, verb: str, facts: dict[str, Any]) -> None:
        found.append((day, hour, len(found), verb, facts))

    for facts in script["take_in"]:
        add(facts["day"], 8, "take_in", facts)
    for facts in script.get("host_yes", []):
        add(facts["day"], 9, "host_yes", facts)
    for facts in script.get("consents", []):
        add(facts["day"], 9, "consent", facts)
    for facts in script["gatherings"]:
        planned = min(facts["day"] - 10, -1)
        add(planned, 9, "plan", facts)
        add(planned, 10, "answer", facts)
        if facts["day"] < 0:
            add(facts["day"], facts["hour"] + facts["hours"], "hold", facts)
            add(facts["day"] + 1, 10, "minutes", facts)
    for facts in script["pieces"]:
        add(facts["day"], facts["hour"], "write", facts)
    for facts in script.get("drafts", []):
        add(facts["day"], facts["hour"], "draft", facts)
    for facts in script.get("board", []):
        add(facts["day"], 12, "carry", facts)
    for facts in script.get("answers", []):
        add(
            facts.get("taken_day", facts.get("day")),
            13,
            "promise" if "responder" in facts else "settle",
            facts,
        )
    for facts in script.get("received", []):
        add(facts["day"], 15, "ask_to_keep", facts)
        if "yes_day" in facts:
            add(facts["yes_day"], 16, "say_yes_to_keep", facts)
    for facts in script.get("tasks", []):
        add(facts["day"], 14, "task", facts)
    for facts in script.get("door", []):
        add(facts["day"], 20, "open_door" if "open" in facts else "wish", facts)
    for facts in script.get("leaves", []):
        add(facts["day"], 9, "leave", facts)
    return [(day, hour, verb, facts) for day, hour, _order, verb, facts in sorted(found, key=lambda f: f[:3])]
