"""How long notes to oneself, a unit's log and questions to a mentor are kept. What lies in a room goes with its room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from langbord.base import retention
from langbord.base.retention import Thing, Went

from .models import CourseNote, MentorQuestion, OwnMarks, UnitEntry

_WHY = "what is kept no longer; nothing is shown"


def register() -> None:
    retention.register("course", find=_notes, remove=_remove_notes)
    retention.register("course", find=_marks, remove=_remove_marks)
    retention.register("unit-log", find=_entries, remove=_remove_entries)
    retention.register("mentor", find=_questions, remove=_remove_questions)


def _notes(before: datetime) -> Iterable[Thing]:
    rows = CourseNote.objects.unrestricted(_WHY).filter(written_at__lte=before).order_by("pk")
    return [
        Thing(key=str(pk), since=at, person_id=person_id)
        for pk, at, person_id in rows.values_list("pk", "written_at", "person_id")
    ]


def _marks(before: datetime) -> Iterable[Thing]:
    rows = OwnMarks.objects.unrestricted(_WHY).filter(begun_at__lte=before).order_by("pk")
    return [
        Thing(key=str(pk), since=at, person_id=person_id)
        for pk, at, person_id in rows.values_list("pk", "begun_at", "person_id")
    ]


def _entries(before: datetime) -> Iterable[Thing]:
    rows = UnitEntry.objects.unrestricted(_WHY).filter(at__lte=before).order_by("pk")
    return [
        Thing(key=str(pk), since=at, person_id=author_id)
        for pk, at, author_id in rows.values_list("pk", "at", "author_id")
    ]


def _questions(before: datetime) -> Iterable[Thing]:
    rows = MentorQuestion.objects.unrestricted(_WHY).filter(asked_at__lte=before).order_by("pk")
    return [
        Thing(key=str(pk), since=at, process_id=process_id, person_id=asker_id)
        for pk, at, process_id, asker_id in rows.values_list("pk", "asked_at", "process_id", "asker_id")
    ]


def _gone(rows: Any, things: list[Thing], field: str) -> int:
    """Removes those that were not touched since they were found."""
    since = {UUID(thing.key): thing.since for thing in things}
    gone = 0
    for row in rows.filter(pk__in=list(since)).select_for_update():
        if getattr(row, field) <= since[row.pk]:
            row.delete()
            gone += 1
    return gone


def _remove_notes(things: list[Thing]) -> Went:
    return Went({"notes": _gone(CourseNote.objects.unrestricted(_WHY), things, "written_at")})


def _remove_marks(things: list[Thing]) -> Went:
    return Went({"marks": _gone(OwnMarks.objects.unrestricted(_WHY), things, "begun_at")})


def _remove_entries(things: list[Thing]) -> Went:
    return Went({"entries": _gone(UnitEntry.objects.unrestricted(_WHY), things, "at")})


def _remove_questions(things: list[Thing]) -> Went:
    return Went({"questions": _gone(MentorQuestion.objects.unrestricted(_WHY), things, "asked_at")})
