"""The mentor: somebody experienced whom a process can ring, and who sees only what it is shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, process_id_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow
from langbord.people.models import Person
from langbord.rooms.enums import EXCHANGE, STORIES, PieceKind
from langbord.rooms.models import Piece
from langbord.vault import preload_for

from . import mentoring, rules
from .forms import AnswerForm, AskForm
from .models import MentorAnswer, MentorQuestion
from .querysets import mentors_in

SHOWN = 50
OWN_PIECES = 8
ONES_OWN = (
    *STORIES,
    *EXCHANGE,
    PieceKind.POST,
    PieceKind.INPUT,
    PieceKind.SHORTCOMING,
    PieceKind.NO_PROMISE,
    PieceKind.COMMENT,
    PieceKind.NOTE,
)
"""What somebody says for themself. Not what a host writes down for a group, nor what a room has agreed on."""


def mentor(request: HttpRequest, process: str) -> HttpResponse:
    """Ask a mentor of this process, and read what was asked and answered before."""
    actor = actor_of(request)
    process_id: UUID = process_id_of(request)
    or_missing(rules.learns_in(actor, process_id))
    may_ask = rules.may_ask(actor, process_id)
    or_missing(may_ask or request.method != "POST")
    people = [person for person in mentors_in(process_id) if person.pk != actor.person_id]
    own = _own_pieces(actor, process_id) if may_ask and (people or request.method == "POST") else []
    asked = list(MentorQuestion.objects.visible_to(actor).with_people().filter(process_id=process_id)[:SHOWN])
    preload_for([*people, *own, *asked, *(q.asker for q in asked)])
    form = AskForm(
        request.POST if request.method == "POST" else None,
        mentors=[(str(person.pk), person.shown_name) for person in people],
        own=[(str(piece.pk), Truncator(str(piece.body)).chars(90)) for piece in own],
    )
    if request.method == "POST" and form.is_valid():
        done = _ask(request, actor, process_id, form, people, own)
        if done is not None:
            return done
    return render(
        request,
        "learning/staff/mentor.html",
        {
            "slug": process,
            "form": form if may_ask and (people or form.is_bound) else None,
            "people": people,
            "asked": [q for q in asked if q.mentor_id != actor.person_id],
            "may_ask": may_ask,
        },
        status=422 if form.errors else 200,
    )


def _own_pieces(actor: Actor, process_id: UUID) -> list[Piece]:
    """The last things one has written oneself in this process. Never others': a host's minutes are what a group said, also
    while they are a draft that only the host reads."""
    mine = Piece.objects.visible_to(actor).filter(
        author_id=actor.person_id, process_id=process_id, kind__in=ONES_OWN
    )
    return list(mine.filter(words_removed_at__isnull=True).order_by("-created_at")[:OWN_PIECES])


def _ask(
    request: HttpRequest,
    actor: Actor,
    process_id: UUID,
    form: AskForm,
    people: list[Person],
    own: list[Piece],
) -> HttpResponse | None:
    data = form.cleaned_data
    attached = next((str(p.body) for p in own if str(p.pk) == data.get("attach")), "")
    chosen = next((person for person in people if str(person.pk) == data["mentor"]), None)
    if chosen is None:
        raise Http404
    try:
        with refused_as_missing():
            made = mentoring.ask(
                actor=actor,
                process_id=process_id,
                mentor=chosen,
                text=data["text"],
                attached=attached,
                circle=data["circle"],
                question_id=data["once"],
            )
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Spørsmålet er sendt. Du ser svaret her når det kommer."))
    return redirect("mentor-question", question=made.pk)


def inbox(request: HttpRequest) -> HttpResponse:
    """For a mentor: the questions to them, and the processes that may ring them."""
    actor = actor_of(request)
    or_missing(bool(actor.mentoring))
    rows = MentorQuestion.objects.visible_to(actor).with_people().filter(mentor_id=actor.person_id)
    held = list(rows[:SHOWN])
    answered = set(
        MentorAnswer.objects.visible_to(actor)
        .filter(author_id=actor.person_id, question__in=held)
        .values_list("question_id", flat=True)
    )
    preload_for([*held, *(q.asker for q in held)])
    return render(
        request,
        "learning/staff/inbox.html",
        {
            "waiting": [q for q in held if q.pk not in answered and q.taken_back_at is None],
            "answered": [q for q in held if q.pk in answered],
            "rings": actor.mentoring,
        },
    )


def _question_or_missing(request: HttpRequest, key: UUID) -> MentorQuestion:
    actor = actor_of(request)
    among = MentorQuestion.objects.visible_to(actor).with_people()
    return get_visible_or_404(MentorQuestion, actor, among=among, pk=key)


def question(request: HttpRequest, question: UUID) -> HttpResponse:
    """One question with what the mentor answered."""
    return _draw(request, _question_or_missing(request, question), AnswerForm())


def _draw(request: HttpRequest, found: MentorQuestion, form: AnswerForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    answers = list(MentorAnswer.objects.visible_to(actor).filter(question=found))
    preload_for([found, *answers, found.asker, *([found.mentor] if found.mentor else [])])
    return render(
        request,
        "learning/staff/question.html",
        {
            "question": found,
            "mentor_name": found.mentor.shown_name if found.mentor else _("Mentoren"),
            "answers": answers,
            "form": form if rules.may_answer(actor, found) else None,
            "may_take_back": rules.may_take_back(actor, found),
            "is_mentor": found.mentor_id == actor.person_id,
            "along": rules.learns_in(actor, found.process_id),
            "left": found.process_id not in actor.process_ids,
            "slug": actor.slug_of(found.process_id),
        },
        status=status,
    )


def answer(request: HttpRequest, question: UUID) -> HttpResponse:
    """The mentor answers."""
    found = _question_or_missing(request, question)
    or_missing(rules.may_answer(actor_of(request), found))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _draw(request, found, form, status=422)
    with refused_as_missing():
        mentoring.answer(
            actor=actor_of(request),
            question=found,
            text=form.cleaned_data["text"],
            answer_id=form.cleaned_data["once"],
        )
    messages.success(request, _("Svaret er sendt."))
    return redirect("mentor-question", question=found.pk)


def take_back(request: HttpRequest, question: UUID) -> HttpResponse:
    """Take a question back: the words go at once, for everybody."""
    actor = actor_of(request)
    found = _question_or_missing(request, question)
    slug = actor.slug_of(found.process_id)
    with refused_as_missing():
        mentoring.take_back(actor=actor, question=found)
    messages.success(request, _("Tatt tilbake. Ordene er borte."))
    along = rules.learns_in(actor, found.process_id)
    return redirect("mentor", process=slug) if along else redirect("learning")


def answer_take_back(request: HttpRequest, answer: UUID) -> HttpResponse:
    """The mentor takes an answer back, also after they have stopped."""
    actor = actor_of(request)
    found = get_visible_or_404(MentorAnswer, actor, pk=answer)
    with refused_as_missing():
        mentoring.take_answer_back(actor=actor, answer=found)
    messages.success(request, _("Tatt tilbake. Ordene er borte."))
    return redirect("mentor-inbox" if actor.mentoring else "learning")


def step_down(request: HttpRequest, slug: str) -> HttpResponse:
    """A mentor stops. From then on they see nothing of that process."""
    actor = actor_of(request)
    sitting = next((s for s in actor.mentoring if s.process_slug == slug), None)
    if sitting is None:
        raise Http404
    with refused_as_missing():
        mentoring.step_down(actor=actor, process_id=sitting.process_id)
    messages.success(request, _("Du er ikke lenger mentor der."))
    return redirect("home")
