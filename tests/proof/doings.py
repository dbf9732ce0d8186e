"""What somebody does, so that there is a row of theirs in every table that can hold their words."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

_WHY = "the proof acts for everybody"


def act(person: Any, host: Any) -> None:
    """A code app, a form that came too late, an address and a telephone, the words somebody asks for an input with; and
    what a host writes down about them: an adult beside, a witness. `host`: somebody who may write it down."""
    from langbord.access.actor import actor_of

    actor = actor_of(person)
    _code_app(actor)
    _came_too_late(person)
    _reached_at(person)
    for sitting in actor.sittings:
        if sitting.role == "citizen":
            _aloud_and_beside(person, sitting.process_id, actor_of(host))
    _asks(actor)
    _says(actor)
    _word_lists(actor)
    _learns(actor)
    _first_meeting(actor)
    _agrees(actor)


def _code_app(actor: Any) -> None:
    from langbord.people.signin import factor

    factor.begin(actor=actor)


def _came_too_late(person: Any) -> None:
    from django.test import RequestFactory

    from langbord.people.signin import rescue

    late = RequestFactory().post("/fortell/", {"text": "Dette skrev jeg da jeg var logget ut."})
    assert rescue.keep(late, person) is not None


def _reached_at(person: Any) -> None:
    """As `register_person` does it for those who are registered with an address."""
    from langbord.people.models import Contact
    from langbord.vault.lookup import digest

    mail = f"{person.pk}@fjordvik.example"
    Contact.objects.unrestricted(_WHY).get_or_create(
        person=person,
        defaults={
            "sealed_by": person.sealed_by,
            "email": mail,
            "email_lookup": digest("email", mail),
            "phone": "99 99 99 99",
        },
    )


def _aloud_and_beside(person: Any, process_id: Any, host: Any) -> None:
    from langbord.consent import guardians
    from langbord.consent.enums import Purpose
    from langbord.consent.hosting import voice

    guardians.name_guardian(
        actor=host, process_id=process_id, child_id=person.pk, guardian_name="En som passer på"
    )
    notices = voice.notices_for(process_id, "nb", Purpose)
    voice.record_voice(
        actor=host,
        person=person,
        process_id=process_id,
        language="nb",
        shown=voice.fingerprint(notices),
        answers={notice.purpose: "yes" for notice in notices},
        once=uuid4(),
        witness_name="En som hørte det",
    )


def _asks(actor: Any) -> None:
    """Whoever serves promises to answer an input that nobody has taken, and asks to take it into the record."""
    from datetime import timedelta

    from langbord.base import clock
    from langbord.base.errors import NotAllowed, NotNow
    from langbord.followup import actions, receiving
    from langbord.followup.models import Case

    if not any(sitting.role == "employee" for sitting in actor.sittings):
        return
    for case in Case.objects.visible_to(actor):
        try:
            actions.assign(actor=actor, case=case, promised_on=clock.today() + timedelta(days=7))
            case = Case.objects.visible_to(actor).get(pk=case.pk)
            receiving.ask(actor=actor, case=case, reason="Vi trenger det i saka.")
        except (NotAllowed, NotNow):
            continue  # somebody has taken it, or has asked: another will do
        return


def _word_lists(actor: Any) -> None:
    """A word that somebody wonders about, and how they understand it, on the list of each room they write in."""
    from langbord.rooms import rules
    from langbord.rooms.models import Room
    from langbord.stories import wordlist

    for room in Room.objects.visible_to(actor):
        if not rules.may_write_in(actor, room) or wordlist.notes_for_group(actor, room):
            continue
        word = wordlist.ask(actor=actor, room=room, text="Et ord jeg lurer på.")
        wordlist.explain(actor=actor, room=room, word=word, text="Slik jeg forstår det.")


def _says(actor: Any) -> None:
    """Something of each kind in each room, what is wrong in minutes, a comment and a task on the board."""
    from langbord.followup import actions as board
    from langbord.followup import lines
    from langbord.followup.models import Case
    from langbord.gatherings import minutes
    from langbord.gatherings.models import Minutes
    from langbord.rooms import actions, rules
    from langbord.rooms.enums import EXCHANGE, STORIES, PieceKind
    from langbord.rooms.models import Room

    for room in Room.objects.visible_to(actor):
        for kind in (*STORIES, *EXCHANGE, PieceKind.POST) if rules.may_write_in(actor, room) else ():
            actions.write(actor=actor, room=room, kind=kind, text="Det jeg sier.")
    for written in Minutes.objects.visible_to(actor).published().with_piece()[:1]:
        minutes.say_wrong(actor=actor, minutes=written, text="Dette stemmer ikke.")
    for piece_id in Case.objects.visible_to(actor).values_list("piece_id", flat=True)[:1]:
        case = lines.case_on(actor, piece_id)
        if case is None:
            continue
        board.comment(actor=actor, case=case, text="Det jeg tenker om dette.")
        board.propose_task(actor=actor, process_id=case.process_id, text="Noe vi kan gjøre.", case=case)


def _agrees(actor: Any) -> None:
    """How a citizen wants to take part, and other words for what it is about."""
    from langbord.inviting import question, taking_part
    from langbord.inviting.models import TakingPart

    for process_id in actor.process_ids:
        if actor.has_role(process_id, "citizen", "paid"):
            words = dict.fromkeys(TakingPart.WORDS, "Slik vil jeg ha det.")
            taking_part.write_own(actor=actor, process_id=process_id, words=words)
        if question.may_propose(actor, process_id):
            question.propose(actor=actor, process_id=process_id, text="Andre ord", why="De er mine")


def _first_meeting(actor: Any) -> None:
    """A list for two with something of everything, and a thought beside figures."""
    from datetime import date

    from langbord.base import clock
    from langbord.firstmeeting import actions, rules, writing
    from langbord.firstmeeting.enums import Kind
    from langbord.firstmeeting.models import Release, Thought

    meeting = actions.begin(actor=actor, called="Meg", label="Navnet mitt på lista")
    writing.say(actor=actor, meeting=meeting, kind=Kind.COMMENT, text="Det jeg sa.")
    if not rules.advises(actor):
        writing.write_own(actor=actor, meeting=meeting, kind=Kind.PLAN, text="Planen min.", version=0)
        return
    # Another day for each: a unit has one release a month.
    month = date(2020, 1 + Release.objects.unrestricted(_WHY).count(), 1)
    release = Release.objects.create(
        unit=actor.person.unit, first=month, last=month, lists=10, made_at=clock.now()
    )
    Thought.objects.create(
        release=release,
        author=actor.person,
        sealed_by=actor.person.sealed_by,
        text="Det jeg tenker.",
        at=clock.now(),
    )


def _learns(actor: Any) -> None:
    """A note of the course, marks of one's own and on the table, a question to a mentor and an answer of one."""
    from langbord.base import clock
    from langbord.learning import notes, rounds, sheets
    from langbord.learning.models import Laid, MentorAnswer, MentorQuestion, Round
    from langbord.library import content

    unit, sheet = content.course()[0], sheets.all_sheets()[0]
    step = next(step for step in unit.steps if step.prompt is not None)
    notes.keep(actor=actor, unit=unit, step=step, text="Det jeg tenkte.")
    rounds.keep_own(actor=actor, sheet=sheet, marks={}, words="Det jeg mener.")
    if not actor.sittings:
        return
    own: dict[str, Any] = {"sealed_by": actor.subject}
    question = MentorQuestion.objects.create(
        process_id=actor.sittings[0].process_id,
        asker=actor.person,
        mentor=actor.person,
        text="Det jeg spurte om.",
        attached="Det jeg la ved.",
        asked_at=clock.now(),
        **own,
    )
    MentorAnswer.objects.create(question=question, author=actor.person, text="Rådet.", at=clock.now(), **own)
    room = next((r for r in actor.rooms if r.kind == "service"), None)
    if room is not None and not Laid.objects.unrestricted(_WHY).filter(person=actor.person).exists():
        made = Round.objects.create(
            process_id=room.process_id,
            room_id=room.id,
            sealed_by=room.id,
            sheet_key=sheet.key,
            opened_at=clock.now(),
            closed_at=clock.now(),
        )
        Laid.objects.create(round=made, person=actor.person, words="På bordet.", at=clock.now(), **own)
