"""The operator's log: who, what, when, on which kind of thing. No content, no names; a process by its sign only.

Everybody is a pseudonym of eight signs, made with the installation's look-up key: the same person has the same one all
through the log, and nobody can work back from it without that key. So has every thing, since ids stand in addresses. The log is append-only (base.models.Event).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from langbord.access.asked import actor_of
from langbord.base import clock, events
from langbord.base.forms import PlainForm
from langbord.base.models import Event
from langbord.processes.models import Process
from langbord.vault.lookup import digest

A_PAGE = 50
PERSON = "people.Person"
_SIGNS = "the log names a process by its sign"

GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "exports": (_("Åpnet og hentet ut"), ("research.", "log.exported", "file.", "board.exported")),
    "roles": (
        _("Roller og plasser"),
        ("membership.", "seat.", "person.case_power", "person.registered", "room.opened"),
    ),
    "consents": (_("Samtykker"), ("consent.",)),
    "doors": (_("Døra"), ("door.",)),
    "carrying": (_("Tatt med over"), ("piece.carried_over", "group_decision.", "case.received")),
    "sign-in": (
        _("Innlogging"),
        ("session.", "card.", "link.", "email-code.", "second-factor.", "person.pin"),
    ),
    "leaving": (_("Slutte og slette"), ("leaving.", "retention.", "process.closed", "gone.")),
}
"""What an operator is asked about most: a heading and the beginnings of verbs."""


class LogForm(PlainForm):
    """What to look for. Everything may be left empty."""

    what = forms.ChoiceField(label=_("Hva"), required=False)
    day = forms.DateField(label=_("Dag"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        verbs = Event.objects.order_by("verb").values_list("verb", flat=True).distinct()
        field: Any = self.fields["what"]
        field.choices = [
            ("", _("Alt")),
            (_("Samlet"), [(key, label) for key, (label, _begin) in GROUPS.items()]),
            (_("Ett og ett"), [(verb, verb) for verb in verbs]),
        ]


@dataclass(frozen=True)
class Line:
    """One event as an operator sees it."""

    at: datetime
    who: str
    what: str
    kind: str
    thing: str
    process: str


def log_page(request: HttpRequest) -> HttpResponse:
    """The log, newest first, fifty a page."""
    form = LogForm(request.GET)
    page = _page(request)
    found = _filtered(form)[(page - 1) * A_PAGE : page * A_PAGE + 1]
    held = list(found)
    query = request.GET.copy()
    query.pop("side", None)
    context = {
        "form": form,
        "lines": list(_lines(held[:A_PAGE], _signs(held))),
        "page": page,
        "older": page + 1 if len(held) > A_PAGE else None,
        "newer": page - 1 if page > 1 else None,
        "query": query.urlencode(),
        "narrowed": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "desk/log.html", context, status=422 if form.errors else 200)


def log_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a file (CSV). That somebody took it is in the log, too."""
    actor = actor_of(request)
    form = LogForm(request.POST)
    if form.errors:
        return render(
            request, "desk/log.html", {"form": form, "lines": [], "page": 1, "narrowed": True}, status=422
        )
    events.record(actor.person_id, "log.exported.csv")
    rows = _filtered(form).iterator(chunk_size=500)
    response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="langbord-logg-{clock.today().isoformat()}.csv"'
    )
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _page(request: HttpRequest) -> int:
    wanted = request.GET.get("side", "1")
    return min(int(wanted), 100_000) if wanted.isascii() and wanted.isdigit() and int(wanted) > 0 else 1


def _filtered(form: LogForm) -> QuerySet[Event]:
    """What the form asks for, newest first. A wrong choice gives nothing: the form says what is wrong."""
    found: QuerySet[Event] = Event.objects.order_by("-id")
    if not form.is_valid():
        return found.none()
    what, day = form.cleaned_data["what"], form.cleaned_data["day"]
    if what in GROUPS:
        wanted = Q()
        for begin in GROUPS[what][1]:
            wanted |= Q(verb__startswith=begin)
        found = found.filter(wanted)
    elif what:
        found = found.filter(verb=what)
    if day is not None:
        begins = datetime.combine(day, time(), tzinfo=clock.OSLO)
        found = found.filter(
            at__gte=begins, at__lt=datetime.combine(day + timedelta(days=1), time(), clock.OSLO)
        )
    return found


def _signs(held: Iterable[Event] | None = None) -> dict[UUID, str]:
    """The slug of each process: of those that are shown, or of all. One query."""
    processes = Process.objects.unrestricted(_SIGNS)
    if held is not None:
        processes = processes.filter(pk__in={e.process_id for e in held if e.process_id is not None})
    return dict(processes.values_list("pk", "slug"))


@lru_cache(maxsize=1024)
def pseudonym(person_id: UUID) -> str:
    """Eight signs that stand for a person all through the log."""
    return digest("log", str(person_id))[:8]


@lru_cache(maxsize=1024)
def mark(thing_id: UUID) -> str:
    """Stands for a thing all through the log. Not its id, which stands in the addresses of pages: laid beside them, it would
    tell who brought what nobody has signed."""
    return digest("log-thing", str(thing_id))


def _lines(held: Iterable[Event], signs: dict[UUID, str], *, whole: bool = False) -> Iterator[Line]:
    for event in held:
        thing = ""
        if event.object_id is not None:
            is_person = event.object_type == PERSON
            thing = pseudonym(event.object_id) if is_person else mark(event.object_id)[: 16 if whole else 8]
        yield Line(
            at=event.at,
            who=pseudonym(event.actor_id) if event.actor_id is not None else "",
            what=event.verb,
            kind=event.object_type,
            thing=thing,
            process=signs.get(event.process_id, "") if event.process_id is not None else "",
        )


class _Echo:
    """Gives back what is written to it, so that the file can be sent row by row."""

    def write(self, value: str) -> str:
        return value


def _csv(rows: Iterable[Event]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(["at", "who", "what", "kind", "thing", "process"])
    signs = _signs()
    for line in _lines(rows, signs, whole=True):
        yield writer.writerow([line.at.isoformat(), line.who, line.what, line.kind, line.thing, line.process])
