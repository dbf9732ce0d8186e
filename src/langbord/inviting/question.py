"""Every write about the question: a version with who and why, a proposal, taking it or answering it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE, Role
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.processes.actions import describe
from langbord.processes.models import Process
from langbord.vault import keys

from .enums import ChangedBy, Side
from .models import Proposal, QuestionVersion
from .querysets import invites

_AGAIN = "a second click makes nothing new"


def change(
    *,
    actor: Actor,
    process_id: UUID,
    text: str,
    changed_by: str,
    why: str = "",
    ours: str = "",
    elsewhere: str = "",
    version_id: UUID | None = None,
    on_the_page: bool = False,
) -> QuestionVersion:
    """A new version of the question. Coordinator and hosts, who write down what people said. The first one is always a
    first guess. A second click gives the same version. `on_the_page`: the page of the process, which said the same as the
    question did (or said it before there was a question here), says the new words too; for coordinators."""
    if not invites(actor, process_id):
        raise NotAllowed()
    actor.must_be_open(process_id)
    return _new_version(
        actor=actor,
        process_id=process_id,
        text=text,
        changed_by=changed_by,
        why=why,
        ours=ours,
        elsewhere=elsewhere,
        version_id=version_id or uuid4(),
        on_the_page=on_the_page,
    )


def _new_version(
    *,
    actor: Actor,
    process_id: UUID,
    text: str,
    changed_by: str,
    why: str,
    ours: str,
    elsewhere: str,
    version_id: UUID,
    on_the_page: bool = False,
) -> QuestionVersion:
    keys.ensure(process_id)
    with transaction.atomic():
        # Held, so that two who change it at once get a number each.
        held = (
            Process.objects.unrestricted("the process itself, held while it is numbered")
            .select_for_update()
            .get(pk=process_id)
        )
        made = QuestionVersion.objects.unrestricted(_AGAIN)
        again = made.filter(pk=version_id).first()
        if again is not None:
            if again.process_id != process_id:
                raise NotAllowed()
            return again
        last: int = made.filter(process_id=process_id).aggregate(last=Max("number"))["last"] or 0
        before = made.filter(process_id=process_id).first() if on_the_page else None
        version = QuestionVersion(
            id=version_id,
            process_id=process_id,
            number=last + 1,
            sealed_by=process_id,
            text=text.strip(),
            ours=ours.strip(),
            elsewhere=elsewhere.strip(),
            why=why.strip(),
            changed_by=changed_by if last else ChangedBy.FIRST,
            written_by=actor.person,
            at=clock.now(),
        )
        version.save(force_insert=True)
        events.record(actor.person_id, "question.changed", version, process_id=process_id)
        if on_the_page and (before is None or same_words(held, before)):
            describe(process=held, name=held.name, purpose=version.text, actor=actor)
    return version


def same_words(process: Process, version: QuestionVersion) -> bool:
    """Whether the page of the process says what the question says."""
    return process.purpose.strip() == str(version.text).strip()


def may_propose(actor: Actor, process_id: UUID) -> bool:
    """Whoever takes part and does not write the question themself: citizens, employees, partners, leaders."""
    roles = (*CITIZEN_SIDE, Role.EMPLOYEE, Role.PARTNER, Role.LEADER)
    return actor.has_role(process_id, *roles) and not invites(actor, process_id)


def propose(
    *, actor: Actor, process_id: UUID, text: str, why: str = "", proposal_id: UUID | None = None
) -> Proposal:
    """A wording of one's own. Those who answer it learn which side it comes from, and not who."""
    if not may_propose(actor, process_id) or actor.subject is None:
        raise NotAllowed()
    actor.must_be_open(process_id)
    if actor.has_role(process_id, *CITIZEN_SIDE):
        side = Side.CITIZEN
    else:
        side = Side.PARTNER if actor.has_role(process_id, Role.PARTNER) else Side.SERVICE
    new_id = proposal_id or uuid4()
    keys.ensure(actor.subject)
    keys.ensure(process_id)
    with transaction.atomic():
        again = Proposal.objects.unrestricted(_AGAIN).filter(pk=new_id).first()
        if again is not None:
            if again.author_id != actor.person_id:
                raise NotAllowed()
            return again
        made = Proposal(
            id=new_id,
            process_id=process_id,
            author=actor.person,
            side=side,
            sealed_by=actor.subject,
            text=text.strip(),
            why=why.strip(),
            made_at=clock.now(),
            answer_sealed_by=process_id,
        )
        made.save(force_insert=True)
        events.record(actor.person_id, "question.proposed", made, process_id=process_id)
    return made


def take(
    *,
    actor: Actor,
    proposal: Proposal,
    text: str,
    version_id: UUID | None = None,
    on_the_page: bool = False,
) -> QuestionVersion:
    """Make a proposal the question, as it stands or with other words. Coordinators. `on_the_page`: see `change`."""
    _must_answer(actor, proposal)
    latest = current(actor, proposal.process_id)
    by_citizen = proposal.side == Side.CITIZEN
    with transaction.atomic():
        version = _new_version(
            actor=actor,
            process_id=proposal.process_id,
            text=text,
            changed_by=ChangedBy.CITIZEN if by_citizen else ChangedBy.EMPLOYEE,
            why="",
            ours=str(latest.ours) if latest is not None else "",
            elsewhere=str(latest.elsewhere) if latest is not None else "",
            version_id=version_id or uuid4(),
            on_the_page=on_the_page,
        )
        proposal.version, proposal.answered_at = version, clock.now()
        proposal.save(update_fields=["version", "answered_at"])
        events.record(actor.person_id, "question.proposal-taken", proposal, process_id=proposal.process_id)
    return version


def answer(*, actor: Actor, proposal: Proposal, text: str) -> None:
    """Say why the question stays as it is for now. Coordinators."""
    _must_answer(actor, proposal)
    with transaction.atomic():
        proposal.answer, proposal.answered_at = text.strip(), clock.now()
        proposal.save(update_fields=["answer", "answered_at"])
        events.record(actor.person_id, "question.proposal-answered", proposal, process_id=proposal.process_id)


def _must_answer(actor: Actor, proposal: Proposal) -> None:
    if not actor.has_role(proposal.process_id, Role.COORDINATOR):
        raise NotAllowed()
    actor.must_be_open(proposal.process_id)
    if proposal.answered_at is not None:
        raise NotNow(_("Dette forslaget har fått svar allerede."))


def current(actor: Actor, process_id: UUID) -> QuestionVersion | None:
    """The version that counts now, which letters are written from. One query."""
    found: QuestionVersion | None = (
        QuestionVersion.objects.visible_to(actor).filter(process_id=process_id).first()
    )
    return found


@dataclass(frozen=True)
class Run:
    """A run of words. mark: "" in both, "gone" only in the older, "new" only in the newer."""

    words: str
    mark: str = ""


def compared(older: str, newer: str) -> list[Run]:
    """What went and what came between two wordings, word by word, in reading order."""
    before, after = older.split(), newer.split()
    runs: list[Run] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run(" ".join(before[a:b])))
            continue
        if a < b:
            runs.append(Run(" ".join(before[a:b]), "gone"))
        if c < d:
            runs.append(Run(" ".join(after[c:d]), "new"))
    return runs
