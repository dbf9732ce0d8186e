"""Pages of the board. Thin: load through the gate, call one action, show."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, process_id_of
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.forms import OnceForm
from langbord.library import looking
from langbord.rooms.moderating import moderates
from langbord.rooms.readers import held_back_on, readers_of
from langbord.vault import preload_for

from . import actions, lines, rules
from .enums import ANSWERS, State, StepKind
from .forms import AnswerForm, Chosen, PromiseForm, TaskForm, WordsForm
from .models import Case, Task


def _name(actor: Actor, process_id: UUID) -> str:
    return next(s.process_name for s in actor.sittings_in(process_id))


def _case(request: HttpRequest, case: UUID) -> Case:
    return get_visible_or_404(Case, actor_of(request), pk=case, process_id=process_id_of(request))


def _page(request: HttpRequest, template: str, process: str, form: Any = None, **more: Any) -> HttpResponse:
    actor, process_id = actor_of(request), process_id_of(request)
    context = {
        "process_slug": process,
        "process_name": _name(actor, process_id),
        "board_id": rules.board_of(actor, process_id),
        "form": form,
        **more,
    }
    return render(
        request, f"followup/{template}.html", context, status=422 if form is not None and form.errors else 200
    )


def board(request: HttpRequest, process: str) -> HttpResponse:
    """What we said, and what happened."""
    actor, process_id = actor_of(request), process_id_of(request)
    board_id = rules.board_of(actor, process_id)
    if board_id is None:
        raise Http404
    form = Chosen(request.GET)
    chosen = form.chosen()
    shown = lines.board(actor, process_id, **chosen)
    query = request.GET.copy()
    query["vis"] = str(chosen["show"] + lines.PAGE)
    return _page(
        request,
        "board",
        process,
        chosen=form,
        narrowed=bool(chosen["text"] or chosen["side"] or chosen["state"]),
        board=shown,
        more_query=query.urlencode(),
        first_new=len(shown.lines),
        tasks=lines.tasks_of(actor, process_id),
        task_form=TaskForm(auto_id="oppgave_%s"),
        held=held_back_on(actor, board_id),
    )


def board_print(request: HttpRequest, process: str) -> HttpResponse:
    """The board as a wall of notes on A4."""
    actor, process_id = actor_of(request), process_id_of(request)
    or_missing(rules.board_of(actor, process_id) is not None)
    return _page(request, "wall", process, board=lines.board(actor, process_id, show=None))


def case(request: HttpRequest, process: str, case: UUID) -> HttpResponse:
    """One case: what was said, what happened in time, and what one may do."""
    return _case_page(request, process, _case(request, case))


def _case_page(request: HttpRequest, process: str, found: Case) -> HttpResponse:
    actor = actor_of(request)
    line, trail = lines.trail_of(actor, found)
    kinds = {step.kind for step in trail}
    answers = rules.may_answer(actor, found) and not line.gone
    return _page(
        request,
        "case",
        process,
        line=line,
        case=found,
        trail=trail,
        tasks=lines.tasks_of(actor, found.process_id, found),
        may_take_on=rules.may_take_on(actor, found) and not line.gone and found.responder_id is None,
        may_appoint=rules.may_appoint(actor, found) and not line.gone,
        is_responder=rules.is_responder(actor, found) and not line.gone,
        may_answer=answers,
        may_use=answers and bool(kinds & set(ANSWERS)),
        may_tell_back=answers and StepKind.NOT_OURS in kinds,
        may_hold=moderates(actor, found.piece.room_id),
        is_author=found.piece.author_id == actor.person_id and not line.gone,
        receiving=lines.receiving_on(actor, found, gone=line.gone),
        comment_form=_comment_form(),
        task_form=TaskForm(auto_id="oppgave_%s"),
    )


def _case_address(process: str, found: Case) -> str:
    return reverse("case", kwargs={"process": process, "case": found.pk})


def case_assign(request: HttpRequest, process: str, case: UUID) -> HttpResponse:
    """Take it on oneself; the coordinator may appoint somebody of the service. With a date."""
    actor, found = actor_of(request), _case(request, case)
    appoints = rules.may_appoint(actor, found)
    or_missing(appoints or rules.may_take_on(actor, found))
    people = []
    if appoints:
        members = actions.candidates(actor, found)
        preload_for([m.person for m in members])
        people = [(str(m.person_id), _with_unit(lines.name_of(m.person), m.unit)) for m in members]
    form = PromiseForm(
        request.POST or None,
        people=people,
        initial={"responder": str(found.responder_id or actor.person_id)},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.assign(
                actor=actor,
                case=found,
                promised_on=data["promised_on"],
                responder_id=UUID(data["responder"]) if data.get("responder") else None,
                step_id=data["once"],
            )
        except NotAllowed:
            raise Http404 from None
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Takk. Nå vet alle hvem som svarer, og når."))
            return redirect(_case_address(process, found))
    line = lines.lines_of(actor, [found], steps=())[0]
    return _page(request, "assign", process, form, case=found, line=line, appoints=appoints)


def _with_unit(name: str, unit: Any) -> str:
    return f"{name}, {unit}" if unit is not None else name


def case_answer(request: HttpRequest, process: str, case: UUID) -> HttpResponse:
    """Answer in two steps: the answer, then who will read it and a yes."""
    actor, found = actor_of(request), _case(request, case)
    or_missing(rules.may_answer(actor, found))
    form = AnswerForm(request.POST or None)
    readers, look = None, None
    if looking.wanted(request):
        looking.or_missing(actor, found.process_id)
        form = looking.as_typed(form)
        look = looking.look(form, "reason", "sent_to", actor=actor)
    elif request.method == "POST" and form.is_valid() and "back" not in request.POST:
        data = form.cleaned_data
        if "sure" in request.POST:
            try:
                actions.answer(
                    actor=actor,
                    case=found,
                    kind=data["kind"],
                    reason=data["reason"],
                    sent_to=data["sent_to"],
                    step_id=data["once"],
                )
            except NotAllowed:
                raise Http404 from None
            except NotNow as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Svaret står på tavla. Den som spurte, kan lese det nå."))
                return redirect(_case_address(process, found))
        else:
            room = actions.board_room(actor, found.process_id)
            readers = readers_of(room, actor) if room is not None else None
    line = lines.lines_of(actor, [found], steps=())[0]
    if readers is not None:
        chosen = dict(form.fields["kind"].choices).get(form.cleaned_data["kind"], "")  # type: ignore[attr-defined]
        said = {"chosen": chosen, "reason": form.cleaned_data["reason"], "sent_to": _where(form.cleaned_data)}
        return _page(request, "answer_sure", process, form, case=found, line=line, readers=readers, **said)
    may_look = looking.may_look(actor, found.process_id)
    return _page(request, "answer", process, form, case=found, line=line, look=look, may_look=may_look)


def _where(data: dict[str, Any]) -> str:
    return str(data["sent_to"]) if data["kind"] == StepKind.NOT_OURS else ""


def case_use(request: HttpRequest, process: str, case: UUID) -> HttpResponse:
    """It is in use now."""
    actor, found = actor_of(request), _case(request, case)
    or_missing(rules.may_answer(actor, found))
    form = WordsForm(
        request.POST or None,
        label=_("Hva er tatt i bruk?"),
        help_text=_("Si det med ett eksempel. «Nå kan du velge sted når du får brev om møte.»"),
    )
    return _words(request, process, found, form, actions.take_into_use, USE)


def case_came_back(request: HttpRequest, process: str, case: UUID) -> HttpResponse:
    """What came back from where it was sent."""
    actor, found = actor_of(request), _case(request, case)
    or_missing(rules.may_answer(actor, found))
    form = WordsForm(request.POST or None, label=_("Hva svarte de?"), help_text=_("Si det med egne ord."))
    return _words(request, process, found, form, actions.tell_what_came_back, CAME_BACK)


def case_comment(request: HttpRequest, process: str, case: UUID) -> HttpResponse:
    """A word to what was said or answered."""
    found = _case(request, case)
    return _words(request, process, found, _comment_form(request.POST or None), actions.comment, COMMENT)


def _comment_form(data: Any = None) -> WordsForm:
    return WordsForm(data, label=_("Vil du si noe til dette?"))


USE = ("case-use", gettext_lazy("Det er i bruk"), gettext_lazy("Så fint. Nå ser alle at det er i bruk."))
CAME_BACK = (
    "case-came-back",
    gettext_lazy("Hva kom tilbake?"),
    gettext_lazy("Takk. Nå kan alle lese hva de svarte."),
)
COMMENT = (
    "case-comment",
    gettext_lazy("Si noe til dette"),
    gettext_lazy("Takk. Det du skrev, står på tavla."),
)


def _words(
    request: HttpRequest, process: str, found: Case, form: OnceForm, action: Any, texts: tuple[str, Any, Any]
) -> HttpResponse:
    """A page with one field of words, for three actions that differ only in their words."""
    actor = actor_of(request)
    page, title, thanks = texts
    look, may_look = None, page != COMMENT[0] and looking.may_look(actor, found.process_id)
    if looking.wanted(request):
        or_missing(may_look)
        field = form.fields["text"]
        form = looking.as_typed(form, label=field.label, help_text=field.help_text)
        look = looking.look(form, "text", actor=actor)
    elif request.method == "POST" and form.is_valid():
        try:
            action(actor=actor, case=found, text=form.cleaned_data["text"], step_id=form.cleaned_data["once"])
        except NotAllowed:
            raise Http404 from None
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(thanks))
            return redirect(_case_address(process, found))
    line = lines.lines_of(actor, [found], steps=())[0]
    more = {"page_name": page, "heading": title, "look": look, "may_look": may_look}
    return _page(request, "words", process, form, case=found, line=line, **more)


def task_new(request: HttpRequest, process: str) -> HttpResponse:
    """Propose something to be done together. `?sak=` names the case it belongs to."""
    actor, process_id = actor_of(request), process_id_of(request)
    or_missing(rules.may_write_on(actor, process_id))
    named = request.POST.get("sak") or request.GET.get("sak")
    found = get_visible_or_404(Case, actor, pk=_uuid(named), process_id=process_id) if named else None
    form = TaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_task(
                actor=actor,
                process_id=process_id,
                text=form.cleaned_data["text"],
                case=found,
                task_id=form.cleaned_data["once"],
            )
        except NotAllowed:
            raise Http404 from None
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Takk. Den som vil, kan ta oppgaven."))
            return redirect(_after_task(process, found.pk if found else None))
    return _page(request, "task_new", process, form, case=found)


def task_take(request: HttpRequest, process: str, task: UUID) -> HttpResponse:
    return _task(request, process, task, actions.take_task, _("Takk. Navnet ditt står ved oppgaven."))


def task_leave(request: HttpRequest, process: str, task: UUID) -> HttpResponse:
    return _task(request, process, task, actions.leave_task, _("Det er greit. Navnet ditt er tatt bort."))


def task_done(request: HttpRequest, process: str, task: UUID) -> HttpResponse:
    """Done; or, with the field `undo`, not done after all."""
    undo = "undo" in request.POST
    thanks = _("Greit. Oppgaven står åpen igjen.") if undo else _("Så fint. Oppgaven er gjort.")
    return _task(request, process, task, actions.finish_task, thanks, done=not undo)


def _task(
    request: HttpRequest, process: str, task: UUID, action: Any, thanks: str, **more: Any
) -> HttpResponse:
    actor = actor_of(request)
    found = get_visible_or_404(Task, actor, pk=task, process_id=process_id_of(request))
    try:
        action(actor=actor, task=found, **more)
    except NotAllowed:
        raise Http404 from None
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, thanks)
    return redirect(_after_task(process, found.case_id if request.POST.get("sak") else None))


def _after_task(process: str, case_id: UUID | None) -> str:
    if case_id is not None:
        return reverse("case", kwargs={"process": process, "case": case_id}) + "#oppgaver"
    return reverse("board", kwargs={"process": process}) + "#oppgaver"


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise Http404 from None


def promises(request: HttpRequest) -> HttpResponse:
    """What I answer for, over all my processes: late first. With nothing to answer, the way to the boards where one may
    take something on."""
    actor = actor_of(request)
    found = lines.promises_of(actor)
    boards = [s for s in actor.sittings if s.role in rules.ANSWERING and rules.board_of(actor, s.process_id)]
    return render(
        request,
        "followup/promises.html",
        {
            "late": [line for line in found if line.late],
            "waiting": [line for line in found if line.state == State.WAITING and not line.late],
            "answered": [line for line in found if line.state != State.WAITING],
            "boards": {s.process_slug: s.process_name for s in boards},
        },
    )
