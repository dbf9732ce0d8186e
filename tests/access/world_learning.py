"""The world of the walk, for the course, labs, reflection, the mentor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from langbord.base import clock
from langbord.gatherings import minutes
from langbord.learning import labs, mentoring, notes, rounds, sheets, unit_log
from langbord.learning.enums import Circle, Stage
from langbord.learning.forms import field_name
from langbord.library import content
from tests.access.world import World, once

UNIT = 1
ARRANGES = {"service": "coordinator", "b-service": "coordinator-other-process"}
LAYS = {"service": ("employee", "partner"), "b-service": ("employee-other-process",)}


def _step() -> tuple[Any, Any]:
    unit = content.course()[UNIT]
    return unit, next(step for step in unit.steps if step.prompt is not None)


def _sheet(place: int = 0) -> Any:
    return sheets.all_sheets()[place]


def _marks(sheet: Any) -> dict[str, str]:
    return {question.key: question.choices[0].key for question in sheets.questions_of(sheet)}


def plant(world: World, more: int) -> None:
    """Everything of this area, once, and what lists show `more` times."""
    unit, step = _step()
    world.at["course"] = {"unit": unit.key, "step": step.key}
    world.at["sheet"] = {"sheet": _sheet().key}
    for name in ("employee", "outsider", "citizen", "coordinator"):
        if name == "employee":
            text = "notat " + world.plant(f"course-note:{name}", "note")
            notes.keep(actor=world.actor(name), unit=unit, step=step, text=text)
            notes.move_on(actor=world.actor(name), unit=unit, step=step)
        marks = rounds.keep_own(
            actor=world.actor(name),
            sheet=_sheet(),
            marks=_marks(_sheet()),
            words="ord " + world.plant(f"marks:{name}", "marks"),
        )
        world.at[f"marks:{name}"] = {"marks": marks.pk}
    for number in range(more):
        _unit_logs(world, number)
        _questions(world, number)
        for room in ARRANGES:
            _together(world, room, number)
    world.at["mentoring"] = {"slug": world.table.process.slug}


def _unit_logs(world: World, number: int) -> None:
    for unit, name in (("nav", "employee"), ("housing", "leader")):
        entry = unit_log.note(
            actor=world.actor(name), text="svar " + world.plant(f"unit:{unit}", f"entry {number}")
        )
        world.at[f"entry:{unit}"] = {"entry": entry.pk}


def _questions(world: World, number: int) -> None:
    mentor = world.table.people["mentor"]
    for name, circle in (("employee", Circle.ME), ("coordinator", Circle.SERVICE)):
        scope = f"mentor-question:{name}"
        what = "question" if number == 0 else f"question {number}"
        asked = mentoring.ask(
            actor=world.actor(name),
            process_id=world.table.process.pk,
            mentor=mentor,
            text="spør " + world.plant(scope, what),
            attached="lagt ved " + world.plant(scope, f"attached {number}"),
            circle=circle,
        )
        reply = mentoring.answer(
            actor=world.actor("mentor"),
            question=asked,
            text="svar " + world.plant(scope, f"answer {number}"),
        )
        world.at[scope] = {"question": asked.pk}
        if number == 0:
            world.at[f"answer:{name}"] = {"answer": reply.pk}


def _together(world: World, name: str, number: int) -> None:
    process = world.table.other if name.startswith("b-") else world.table.process
    actor = world.actor(ARRANGES[name])
    room = actor.room(world.table.rooms[name].pk)
    assert room is not None
    if number == 0:
        _rounds(world, name, process)
    plan = labs.begin_talks(actor=actor, room=room)
    at = clock.now() + timedelta(days=3 + number)
    lab = labs.plan_lab(
        actor=actor,
        room=room,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        place="Her " + world.plant(f"room:{name}", f"lab place {number}"),
        title="Verksted " + world.plant(f"room:{name}", "lab title" if number == 0 else f"lab {number}"),
        agenda="20 Snakke",
        topic_key=f"unit:{content.course()[UNIT].key}",
        plan=plan,
        stage=Stage.TODAY,
    )
    if number == 0:
        world.at[f"lab:{name}"] = {"process": process.slug, "lab": lab.pk}
        world.at[f"talks:{name}"] = {"process": process.slug, "plan": plan.pk}
        with clock.frozen(at + timedelta(hours=3)):
            minutes.publish(
                actor=actor,
                gathering=lab.gathering,
                text="Vi sa " + world.plant(f"room:{name}", "lab notes"),
            )


def _rounds(world: World, name: str, process: Any) -> None:
    """One that is open, with marks on the table, and one that was closed with too few, and filled in together."""
    actor = world.actor(ARRANGES[name])
    room = actor.room(world.table.rooms[name].pk)
    assert room is not None
    for variant, sheet in (("round", _sheet(0)), ("closed", _sheet(1))):
        made = rounds.open_round(actor=actor, room=room, sheet=sheet)
        world.at[f"{variant}:{name}"] = {"process": process.slug, "round": made.pk}
        for who in LAYS[name]:
            laid = rounds.lay(
                actor=world.actor(who),
                round_=made,
                sheet=sheet,
                marks=_marks(sheet),
                words="ord " + world.plant(f"laid:{who}", f"{variant} {name}"),
            )
            if variant == "round":
                world.at[f"laid:{who}"] = {"laid": laid.pk}
        if variant == "closed":
            made = rounds.close(actor=actor, round_=made)
            rounds.fill_together(
                actor=actor,
                round_=made,
                sheet=sheet,
                marks=_marks(sheet),
                words="vi er uenige " + world.plant(f"room:{name}", "filled together"),
            )


def _set(sheet: Any) -> dict[str, str]:
    return {field_name(key): value for key, value in _marks(sheet).items()}


def _lab(world: World, variant: str) -> dict[str, Any]:
    return {
        "once": once("lab-new", variant),
        "topic": "",
        "date": (clock.today() + timedelta(days=200)).isoformat(),
        "start": "12:00",
        "end": "14:00",
        "place": "Møterommet",
        "food": "",
        "title": "",
        "lead": "",
        "agenda": "",
    }


FORMS: dict[str, Callable[[World, str], dict[str, Any]]] = {
    "course-step": lambda w, v: {"text": "Et notat", "then": "next"},
    "course-hang": lambda w, v: {
        "once": once("course-hang", v),
        "room": str(w.table.rooms["service"].pk),
        "text": "Det jeg skrev",
    },
    "reflection": lambda w, v: {**_set(_sheet()), "words": ""},
    "unit-log": lambda w, v: {"once": once("unit-log"), "on": clock.today().isoformat(), "text": "Vi spurte"},
    "lab-new": _lab,
    "talks-begin": lambda w, v: {"once": once("talks-begin", v)},
    "round-open": lambda w, v: {"once": once("round-open", v), "sheet": _sheet(2).key},
    "round-lay": lambda w, v: {**_set(_sheet(0)), "words": ""},
    "round-together": lambda w, v: {**_set(_sheet(1)), "words": ""},
    "mentor": lambda w, v: {
        "once": once("mentor", v),
        "mentor": str(w.table.people["mentor"].pk),
        "text": "Hva gjorde dere?",
        "attach": "",
        "circle": "me",
    },
    "mentor-answer": lambda w, v: {"once": once("mentor-answer", v), "text": "Vi ventet"},
}
