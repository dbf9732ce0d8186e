"""Every write about letters: beginning one, changing it, giving it to people, and hanging up an announcement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import override

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.base.seen import check
from langbord.processes.belonging import answers_for
from langbord.vault import keys

from . import callers, texts
from .actions import may_change, set_step
from .enums import BEFORE_ASKED, Step
from .models import Invitee, Letter, QuestionVersion
from .querysets import invites


def begin(
    *,
    actor: Actor,
    process_id: UUID,
    kind: str,
    language: str,
    question: QuestionVersion | None,
    caller: str = "",
    phone: str = "",
    letter_id: UUID | None = None,
) -> Letter:
    """A letter from one of the content's, in the words of the organisation that answers for the process, with the question as
    it stands now. Those who prepare. A second click gives the
    same letter; an unknown kind is NotAllowed."""
    found = texts.letter(kind, answers_for(actor, process_id))
    if not invites(actor, process_id) or found is None:
        raise NotAllowed()
    actor.must_be_open(process_id)
    keys.ensure(process_id)
    new_id = letter_id or uuid4()
    said = {
        "question": str(question.text) if question is not None else "",
        "ours": str(question.ours) if question is not None else "",
        "elsewhere": str(question.elsewhere) if question is not None else "",
    }
    with transaction.atomic():
        again = Letter.objects.unrestricted("a second click makes nothing new").filter(pk=new_id).first()
        if again is not None:
            if again.process_id != process_id:
                raise NotAllowed()
            return again
        with override(language):
            title = str(found.title)
        made = Letter(
            id=new_id,
            process_id=process_id,
            kind=kind,
            side=found.side,
            language=language,
            question=question,
            sealed_by=process_id,
            title=title,
            text=texts.begin(found, language, said),
            caller=caller.strip(),
            phone=phone.strip(),
            caller_person=callers.whose(actor, process_id, caller, phone),
            made_at=clock.now(),
            changed_at=clock.now(),
        )
        made.save(force_insert=True)
        events.record(actor.person_id, "letter.begun", made, process_id=process_id)
    return made


SHOWN = ("text", "caller", "phone")
"""What several may be changing at once."""


def change(
    *, actor: Actor, letter: Letter, text: str, caller: str, phone: str, seen: str | None = None
) -> None:
    """Change the words of a letter, and whom people can ring. Those who prepare. `seen`: the mark of what was on the page;
    ChangedMeanwhile when somebody else has written since."""
    _must_prepare(actor, letter)
    said = {"text": text.strip(), "caller": caller.strip(), "phone": phone.strip()}
    with transaction.atomic():
        _hold(letter)
        check({name: str(getattr(letter, name)) for name in SHOWN}, said, seen)
        for name, words in said.items():
            setattr(letter, name, words)
        letter.caller_person = callers.whose(actor, letter.process_id, letter.caller, letter.phone)
        letter.changed_at = clock.now()
        letter.save(update_fields=[*SHOWN, "caller_person", "changed_at"])
        events.record(actor.person_id, "letter.changed", letter, process_id=letter.process_id)


def _hold(letter: Letter) -> None:
    """The letter as it stands now, held until the end of the transaction: what was loaded may be older."""
    held = Letter.objects.unrestricted("the letter itself, held while it is written").select_for_update()
    found = held.filter(pk=letter.pk).first()
    if found is None:
        raise NotAllowed()
    for name in SHOWN:
        setattr(letter, name, str(getattr(found, name)))


def use_question(*, actor: Actor, letter: Letter, question: QuestionVersion) -> None:
    """Put the question as it stands now in place of the one the letter was written with. Where the old words no longer
    stand in the letter, the new ones come first."""
    _must_prepare(actor, letter)
    if question.process_id != letter.process_id:
        raise NotAllowed()
    older = str(letter.question.text) if letter.question is not None else ""
    newer = str(question.text)
    with transaction.atomic():
        _hold(letter)
        text = str(letter.text)
        letter.text = text.replace(older, newer) if older and older in text else f"{newer}\n\n{text}"
        letter.question, letter.changed_at = question, clock.now()
        letter.save(update_fields=["text", "question", "changed_at"])
        events.record(actor.person_id, "letter.question-renewed", letter, process_id=letter.process_id)


def announced(*, actor: Actor, letter: Letter, where: str, on: date, seen: str | None = None) -> None:
    """Say where and when an announcement was hung up or printed. `seen`: the mark of what was on the page;
    ChangedMeanwhile when somebody else has said something else since."""
    _must_prepare(actor, letter)
    with transaction.atomic():
        held = Letter.objects.unrestricted("the letter itself, held while it is written").select_for_update()
        check(hangs(held.get(pk=letter.pk)), {"where": where.strip(), "on": on.isoformat()}, seen)
        letter.announced_where, letter.announced_on = where.strip(), on
        letter.save(update_fields=["announced_where", "announced_on"])
        events.record(actor.person_id, "letter.announced", letter, process_id=letter.process_id)


def hangs(letter: Letter) -> dict[str, str]:
    """Where an announcement hangs and since when, which several may be saying at once."""
    return {
        "where": str(letter.announced_where),
        "on": letter.announced_on.isoformat() if letter.announced_on else "",
    }


def give(*, actor: Actor, letter: Letter, invitees: Sequence[Invitee]) -> int:
    """This is the letter these people get, on paper and on the page of their code. How many."""
    _must_prepare(actor, letter)
    given = 0
    with transaction.atomic():
        for invitee in invitees:
            if not may_change(actor, invitee) or invitee.process_id != letter.process_id:
                raise NotAllowed()
            if invitee.letter_id != letter.pk:
                invitee.letter = letter
                invitee.save(update_fields=["letter"])
                given += 1
        if given:
            events.record(actor.person_id, "letter.given", letter, process_id=letter.process_id)
    return given


def handed_out(*, actor: Actor, letter: Letter, invitees: Sequence[Invitee]) -> int:
    """The sheets have been handed out: those who were not asked yet are asked now. How many."""
    _must_prepare(actor, letter)
    asked = [invitee for invitee in invitees if invitee.step in BEFORE_ASKED]
    with transaction.atomic():
        for invitee in asked:
            set_step(invitee=invitee, step=Step.ASKED, actor=actor)
    return len(asked)


def _must_prepare(actor: Actor, letter: Letter) -> None:
    if not invites(actor, letter.process_id):
        raise NotAllowed()
    actor.must_be_open(letter.process_id)
