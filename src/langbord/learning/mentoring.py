"""Every write about the mentor: asking, answering, taking back, stepping down."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.models import Person
from langbord.processes import actions as processes
from langbord.processes.models import Membership
from langbord.vault import keys

from . import rules
from .enums import Circle
from .models import MentorAnswer, MentorQuestion
from .querysets import mentors_in

_AGAIN = "a second click makes nothing new"


def ask(
    *,
    actor: Actor,
    process_id: UUID,
    mentor: Person,
    text: str,
    attached: str = "",
    circle: str = Circle.ME,
    question_id: UUID | None = None,
) -> MentorQuestion:
    """Ask one mentor of the process. attached: words of one's own, copied in. A second click makes nothing new."""
    if not rules.may_ask(actor, process_id) or actor.subject is None:
        raise NotAllowed()
    actor.must_be_open(process_id)
    if mentor.pk not in {person.pk for person in mentors_in(process_id)} or mentor.pk == actor.person_id:
        raise NotNow(_("Denne mentoren er ikke med lenger. Velg en annen."))
    again = _asked_before(question_id, actor)
    if again is not None:
        return again
    room = rules.service_rooms(actor, process_id)[0] if circle == Circle.SERVICE else None
    keys.ensure(actor.subject)
    try:
        with transaction.atomic():
            question = MentorQuestion.objects.create(
                id=question_id or uuid4(),
                process_id=process_id,
                asker=actor.person,
                mentor=mentor,
                sealed_by=actor.subject,
                text=text.strip(),
                attached=attached.strip(),
                circle=Circle(circle).value,
                room_id=room.id if room is not None else None,
                asked_at=clock.now(),
            )
            events.record(actor.person_id, "mentor.asked", question, process_id=process_id)
    except IntegrityError:
        first = _asked_before(question_id, actor)
        if first is None:
            raise
        return first
    return question


def _asked_before(question_id: UUID | None, actor: Actor) -> MentorQuestion | None:
    if question_id is None:
        return None
    found = MentorQuestion.objects.unrestricted(_AGAIN).filter(pk=question_id).first()
    if found is not None and found.asker_id != actor.person_id:
        raise NotAllowed()
    return found


def answer(
    *, actor: Actor, question: MentorQuestion, text: str, answer_id: UUID | None = None
) -> MentorAnswer:
    """The mentor answers. A second click makes nothing new."""
    if not rules.may_answer(actor, question) or actor.subject is None:
        raise NotAllowed()
    known = MentorAnswer.objects.unrestricted(_AGAIN)
    key = answer_id or uuid4()
    found = known.filter(pk=key).first()
    if found is None:
        keys.ensure(actor.subject)
        try:
            with transaction.atomic():
                made = MentorAnswer.objects.create(
                    id=key,
                    question=question,
                    author=actor.person,
                    sealed_by=actor.subject,
                    text=text.strip(),
                    at=clock.now(),
                )
                events.record(actor.person_id, "mentor.answered", made, process_id=question.process_id)
            return made
        except IntegrityError:
            found = known.get(pk=key)
    if found.author_id != actor.person_id or found.question_id != question.pk:
        raise NotAllowed()
    return found


def take_back(*, actor: Actor, question: MentorQuestion) -> None:
    """Whoever asked takes the question back: its words go at once, for the mentor and the service room too. What the
    mentor has answered stays with the mentor alone. Without an answer nothing is left."""
    if not rules.may_take_back(actor, question):
        raise NotAllowed()
    with transaction.atomic():
        events.record(actor.person_id, "mentor.taken_back", question, process_id=question.process_id)
        answers = MentorAnswer.objects.unrestricted("is anything of the mentor's left?")
        if not answers.filter(question=question).exists():
            question.delete()
            return
        question.text, question.attached, question.taken_back_at = "", "", clock.now()
        question.save(update_fields=["text", "attached", "taken_back_at"])


def take_answer_back(*, actor: Actor, answer: MentorAnswer) -> None:
    """The mentor takes an answer back. A question that was taken back before goes with its last answer."""
    if answer.author_id != actor.person_id:
        raise NotAllowed()
    with transaction.atomic():
        question = MentorQuestion.objects.unrestricted(_AGAIN).get(pk=answer.question_id)
        events.record(actor.person_id, "mentor.answer_taken_back", answer, process_id=question.process_id)
        answer.delete()
        left = MentorAnswer.objects.unrestricted("is anything of the mentor's left?").filter(
            question=question
        )
        if question.taken_back_at is not None and not left.exists():
            question.delete()


def step_down(*, actor: Actor, process_id: UUID) -> None:
    """A mentor ends it themself, at once."""
    sitting = next((s for s in actor.mentoring if s.process_id == process_id), None)
    if sitting is None:
        raise NotAllowed()
    membership = Membership.objects.visible_to(actor).get(pk=sitting.membership_id)
    processes.end_membership(membership=membership, actor=actor)
