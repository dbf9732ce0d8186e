"""The census: every model that reaches a person is in exactly one app's register, or listed here with a reason.

Reaches: has a sealed text, a foreign key (at any distance) to a person, or a field that holds a person's id.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from langbord.base import personal_data
from langbord.leaving import files
from langbord.vault.fields import sealed_fields
from tests.cast import Table

NOT_REGISTERED = {
    "operate.Canary": "made-up words that prove a backup; nobody's",
    "vault.DataKey": "keys by a subject that nobody but the person's own row names; destroyed, not exported",
    "leaving.Parting": "who is just leaving; removed by the very act, with the receipt",
    "leaving.Receipt": "holds nobody: what was done and when, found by a code",
}
"""More are added by hand, with a thought."""

IN_THE_FILE = {
    "people.Person": "me",
    "people.Contact": "me",
    "people.Card": "cards",
    "people.OneTimeLink": "codes",
    "people.EmailCode": "codes",
    "people.RecoveryCode": "codes",
    "people.SecondFactor": "second_factor",
    "people.OwnSession": "sessions",
    "sessions.Session": "sessions",
    "people.Rescued": "rescued",
    "processes.Membership": "taking_part",
    "processes.Pause": "silent",
    "processes.Notice": "warnings",
    "consent.ConsentRecord": "age",
    "consent.ConsentEvent": "consent",
    "consent.Witness": "consent",
    "consent.Guardianship": "adults",
    "consent.Sheet": "sheets",
    "rooms.Piece": "shared",
    "rooms.Seat": "seats",
    "rooms.DoorWish": "door",
    "rooms.GroupAnswer": "group_answers",
    "rooms.HostYes": "group_answers",
    "inputs.Noted": "noted",
    "gatherings.Answer": "gathering_answers",
    "gatherings.Attendance": "attendance",
    "gatherings.CaughtInput": "noted_down",
    "gatherings.Quote": "quoted",
    "guides.PointStep": "guide",
    "inviting.TakingPart": "agreed",
    "inviting.Proposal": "proposals",
    "firstmeeting.Party": "first_meetings",
    "firstmeeting.Tick": "first_meeting_ticks",
    "firstmeeting.Entry": "first_meeting_words",
    "firstmeeting.Thought": "first_meeting_thoughts",
    "firstmeeting.Look": "first_meeting_looks",
    "learning.CourseNote": "course_notes",
    "learning.CoursePlace": "course_places",
    "learning.OwnMarks": "reflection",
    "learning.Laid": "laid",
    "learning.UnitEntry": "unit_log",
    "learning.MentorQuestion": "mentor_questions",
    "learning.MentorAnswer": "mentor_answers",
    "followup.Case": "promises",
    "followup.Step": "steps",
    "followup.Taker": "tasks",
    "followup.AskingAnswer": "asked",
    "followup.Received": "received",
    "research.Alias": "research_numbers",
    "research.Opening": "research_openings",
    "leaving.Helped": "helped",
    "base.Event": "log",
}
"""In which section of a person's own file each thing stands."""

NOT_IN_THE_FILE = {
    "people.PersonaKey": "a name of the example's; nobody real has one",
    "gatherings.Minutes": "the words are a draft or the group's; stand among pieces",
    "gatherings.Correction": "the words stand among what one has shared, as what they are",
    "stories.Explanation": "the words stand among what one has shared, as what they are",
    "followup.Task": "the words stand among what one has shared, as what they are",
    "firstmeeting.FirstCard": "for hours, until the card is taken in use; the card itself stands there",
}
"""What belongs to somebody and is not shown to them as itself. What only mentions them has its trace in the log's section."""

PERSON_IDS = {"person_id", "actor_id", "subject", "sealed_by", "recorded_by", "made_by", "author_id"}
"""Names of bare UUID fields that hold, or may hold, a person's id."""


def _own() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.managed and not m._meta.proxy]


def reaching() -> dict[str, str]:
    """Label → how it reaches a person."""
    person = get_user_model()
    found: dict[str, str] = {person._meta.label: "is the person"}
    for model in _own():
        if sealed_fields(model):
            found.setdefault(model._meta.label, "has a sealed text")
        for field in model._meta.local_concrete_fields:
            bare = isinstance(field, models.UUIDField) and not field.is_relation
            if bare and field.name in PERSON_IDS:
                found.setdefault(model._meta.label, f"holds an id in {field.name}")
    grown = True
    while grown:
        grown = False
        for model in _own():
            if model._meta.label in found:
                continue
            for field in model._meta.local_concrete_fields:
                target: Any = field.related_model if field.is_relation else None
                if target is not None and target._meta.label in found:
                    found[model._meta.label] = f"{field.name} → {target._meta.label}"
                    grown = True
                    break
    if apps.is_installed("django.contrib.sessions"):
        found["sessions.Session"] = "names the signed-in person inside"
    return found


def registered() -> Counter[str]:
    return Counter(holding.model for _register, holding in personal_data.holdings())


def test_every_model_that_reaches_a_person_is_registered_once() -> None:
    counts = registered()
    twice = [label for label, times in counts.items() if times > 1]
    assert not twice, f"in two registers: {twice}"
    missing = [
        f"{label}: {how}"
        for label, how in sorted(reaching().items())
        if label not in counts and label not in NOT_REGISTERED
    ]
    assert not missing, (
        "\n".join(missing) + "\nAdd a Holding in the app's personal_data.py (or a reason above)."
    )


def test_nothing_is_registered_that_is_not_there() -> None:
    labels = {model._meta.label for model in _own()}
    assert not set(registered()) - labels
    assert not {label for label in NOT_REGISTERED if label in registered()}
    installed = {label for label in NOT_REGISTERED if label in labels}
    assert installed <= set(reaching()) | {"leaving.Receipt"}


def test_all_that_is_somebody_s_own_stands_in_their_file() -> None:
    own = {holding.model for _register, holding in personal_data.holdings() if holding.whose}
    assert not own - set(IN_THE_FILE) - set(NOT_IN_THE_FILE), "say in which section it stands"
    assert not set(IN_THE_FILE) & set(NOT_IN_THE_FILE)
    assert (set(IN_THE_FILE) | set(NOT_IN_THE_FILE)) <= set(registered())


def test_the_sections_that_are_named_are_in_the_file(table: Table) -> None:
    made = {section.key for section in files.sections_of(table.people["citizen"].pk)}
    assert set(IN_THE_FILE.values()) <= made


def test_the_census_sees_a_new_model() -> None:
    """It would fail for a model that nobody registered: taken out of the count, each is missed."""
    for label in registered():
        assert label in reaching(), f"{label} is registered and the census does not see why"


def _field(model: type[models.Model], path: str) -> models.Field[Any, Any]:
    """The last field of a look-up such as `piece__author_id`."""
    field: Any = None
    for part in path.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part.removesuffix("_id"))
        model = field.related_model or model
    return field


@pytest.mark.parametrize(
    "holding",
    [holding for _register, holding in personal_data.holdings()],
    ids=lambda holding: holding.model,
)
def test_a_holding_points_where_it_says(holding: personal_data.Holding) -> None:
    model = apps.get_model(holding.model)
    person = get_user_model()
    for path in holding.whose:
        field = _field(model, path)
        assert field.related_model is person or field.model is person or path.endswith("person_id"), path
    for name in holding.mentions:
        mention = model._meta.get_field(name)
        assert mention.related_model is person
        assert mention.null, f"{holding.model}.{name} can't be emptied"
    if holding.process:
        assert _field(model, holding.process).related_model._meta.label == "processes.Process"
    assert str(holding.what)
    assert str(holding.why)
    assert holding.categories


def test_every_person_key_is_whose_or_a_mention() -> None:
    """A foreign key to a person that the register forgets would keep pointing at somebody who has left."""
    person = get_user_model()
    by_label = {holding.model: holding for _register, holding in personal_data.holdings()}
    forgotten = []
    for model in _own():
        holding = by_label.get(model._meta.label)
        for field in model._meta.local_concrete_fields:
            if field.related_model is not person or holding is None:
                continue
            if field.attname not in holding.whose and field.name not in holding.mentions:
                forgotten.append(f"{model._meta.label}.{field.name}")
    assert not forgotten
