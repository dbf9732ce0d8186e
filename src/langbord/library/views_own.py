"""Where those who set up an organisation write its own words in the library: in points of the guide, and in sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from langbord.access.asked import actor_of
from langbord.base.forms import retype
from langbord.people.models import Organisation

from . import actions, content, kinds, overrides, rules, saying, shelves
from .forms import OwnEntryForm, OwnWordsForm
from .models import OwnText
from .reading import LANGUAGES, Fault, Texts
from .saying import GUIDE, LETTER, SHEET, WORD, Slot


@dataclass(frozen=True)
class Line:
    """One text of theirs on the list: what it is now. `at`: its address. `partly`: some of it has no place any more."""

    row: OwnText
    at: str
    title: str
    gone: bool
    partly: bool
    older: bool
    unspoken: tuple[str, ...]


def _organisation(request: HttpRequest, organisation: UUID) -> Organisation:
    """The organisation, for who may change its words; the same 404 for the rest."""
    if not rules.may_change(actor_of(request), organisation):
        raise Http404
    found = Organisation.objects.filter(pk=organisation).first()
    if found is None:
        raise Http404
    return found


def _row(organisation: Organisation, kind: str, key: str) -> OwnText | None:
    return OwnText.objects.filter(organisation=organisation, kind=kind, key=key).first()


def _line(row: OwnText) -> Line:
    ours = saying.ours(row.kind, row.key)
    said = overrides.texts_of(row)
    title = said.get("title") or (ours.title if ours is not None else None)
    known = {name for name, _texts in saying.texts_of(ours)} if ours is not None else set(said)
    return Line(
        row=row,
        at=saying.address(row.kind, row.key),
        title=str(title or row.key),
        gone=row.section not in saying.places(row.kind) if row.section else ours is None,
        partly=not set(said) <= known,
        older=ours is not None and not row.section and row.based_on < ours.version,
        unspoken=tuple(
            name for code, name in LANGUAGES.items() if any(not texts.has(code) for texts in said.values())
        ),
    )


def organisations(request: HttpRequest) -> HttpResponse:
    """Which organisation: at once, for those who may change one only."""
    actor = actor_of(request)
    if not actor.is_operator:
        own = rules.works_in(actor)
        if own is not None and rules.may_change(actor, own):
            return redirect("library-own", organisation=own)
    found = Organisation.objects.order_by("name") if actor.is_operator else Organisation.objects.none()
    return render(request, "library/staff/organisations.html", {"organisations": found})


def own(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """What the organisation has written, and what no longer fits."""
    found = _organisation(request, organisation)
    lines = [_line(row) for row in overrides.of(found.pk) if row.kind in saying.PREFIX]
    remarks: tuple[Fault, ...] = ()
    if actor_of(request).is_operator:
        remarks = tuple(kinds.own_faults()[1])
    context = {
        "organisation": found,
        "lines": lines,
        "remarks": remarks,
        "sections": [
            (s.title, [(saying.address(GUIDE, p.key), p) for p in s.points]) for s in content.guide()
        ],
        "shelves": [
            (title, [(saying.address(SHEET, s.key), s) for s in content.sheets(key) if saying.sayable(s)])
            for key, (title, _lead) in shelves.SHEETS.items()
        ]
        + [(_("Brev"), [(saying.address(LETTER, letter.key), letter) for letter in shelves.letters()])],
        "changed": {line.at for line in lines},
    }
    return render(request, "library/staff/own.html", context)


def _spoken(texts: Texts | None, language: str) -> str:
    with override(language):
        return texts.spoken() if texts is not None else ""


@dataclass(frozen=True)
class Asked:
    """What an address names: ours, theirs, or both. `said`: what is theirs, by the name of the text."""

    kind: str
    key: str
    ours: Any
    row: OwnText | None
    said: Mapping[str, Texts]

    @property
    def is_own(self) -> bool:
        return self.row is not None and bool(self.row.section)

    @property
    def seen(self) -> int:
        return self.row.version if self.row is not None else 0

    @property
    def our_texts(self) -> dict[str, Texts]:
        return dict(saying.texts_of(self.ours)) if self.ours is not None else {}

    def slots(self, language: str) -> list[Slot]:
        """What a form asks for: all of it in Bokmål, and what they said there in other languages."""
        if language == "nb":
            return saying.slots(self.kind, self.ours, self.said, new=1)
        return [s for s in saying.slots(self.kind, self.ours, self.said) if s.name in self.said]

    def now(self, name: str, language: str) -> str:
        """How a text stands today, in one language: theirs, else ours."""
        if name in self.said:
            return str(getattr(self.said[name], language))
        return _spoken(self.our_texts.get(name), language)

    def pairs(self, language: str) -> list[tuple[str, str, str]]:
        """What they say differently: its name, ours, theirs. What has no place any more stands last, without one."""
        ours = self.our_texts
        labels = {slot.name: slot.called for slot in saying.slots(self.kind, self.ours, self.said)}
        return [
            (labels.get(name, ""), _spoken(ours.get(name), language), _spoken(self.said[name], language))
            for name in sorted(self.said, key=lambda name: [*labels, name].index(name))
        ]


def _asked(organisation: Organisation, at: str) -> Asked:
    kind, key = saying.named(at)
    ours = saying.ours(kind, key) if kind else None
    row = _row(organisation, kind, key) if kind else None
    if ours is None and row is None:
        raise Http404
    return Asked(kind, key, ours, row, overrides.texts_of(row) if row is not None else {})


def point(request: HttpRequest, organisation: UUID, key: str) -> HttpResponse:
    """A point or a sheet in the organisation's words, beside ours. `?sprak=` chooses the language that is written."""
    found = _organisation(request, organisation)
    asked = _asked(found, key)
    language = request.GET.get("sprak", "nb")
    if language not in LANGUAGES:
        raise Http404
    slots = asked.slots(language)
    initial = {**{slot.name: asked.now(slot.name, language) for slot in slots}, "seen": asked.seen}
    form = OwnWordsForm(
        request.POST or None,
        initial=initial,
        kind=asked.kind,
        slots=slots,
        own=asked.is_own and language == "nb",
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_differently(
                actor=actor_of(request),
                organisation=found,
                key=asked.key,
                kind=asked.kind,
                said=form.said(),
                language=language,
                seen=form.cleaned_data["seen"] or 0,
            )
        except actions.ChangedMeanwhile:
            form.add_error(
                None,
                _(
                    "Noen andre har endret teksten imens. Det du skrev, står her ennå. Se på deres tekst under, og lagre en gang til."
                ),
            )
            retype(form, "seen", str(asked.seen))
        else:
            messages.success(
                request,
                _("Teksten er lagret. Samskapinger som har begynt, beholder den de begynte med.")
                if asked.kind == GUIDE
                else _("Lagret."),
            )
            return redirect("library-own", organisation=found.pk)
    theirs, ours = asked.said.get("title"), asked.ours
    older = ours is not None and asked.row is not None and not asked.is_own
    context = {
        "form": form,
        "groups": form.groups(asked.said),
        "organisation": found,
        "at": key,
        "kind": asked.kind,
        "row": asked.row,
        "ours": ours,
        "is_own": asked.is_own,
        "older": older and asked.row is not None and asked.row.based_on < ours.version,
        "pairs": asked.pairs(language),
        "title": str(theirs or (ours.title if ours is not None else asked.key)),
        "languages": [(code, name, code == language) for code, name in LANGUAGES.items()],
        "language": language,
    }
    return render(request, "library/staff/point.html", context, status=422 if form.errors else 200)


def new(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """A point of the organisation's own (`?del=`: in this section); with `?hylle=`, a sheet, on this shelf; with
    `?ord=`, an office word."""
    found = _organisation(request, organisation)
    kind = next((kind for asked, kind in (("hylle", SHEET), ("ord", WORD)) if asked in request.GET), GUIDE)
    where = request.GET.get("hylle" if kind == SHEET else "del", "")
    form = OwnEntryForm(request.POST or None, kind=kind, initial={"section": where})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        who: dict[str, Any] = {"actor": actor_of(request), "organisation": found, "said": form.said()}
        if kind == SHEET:
            actions.add_sheet(**who, shelf=data["section"], sheet_id=data["once"])
            messages.success(request, _("Arket står på hylla nå."))
        elif kind == WORD:
            actions.add_word(**who, word_id=data["once"])
            messages.success(request, _("Ordet står i ordhjelpen nå."))
        else:
            actions.add_point(**who, section=data["section"], point_id=data["once"])
            messages.success(request, _("Punktet står i veilederen nå."))
        return redirect("library-own", organisation=found.pk)
    context = {"form": form, "groups": form.groups(["part-1_text"]), "organisation": found, "kind": kind}
    return render(request, "library/staff/new.html", context, status=422 if form.errors else 200)


def back(request: HttpRequest, organisation: UUID, key: str) -> HttpResponse:
    """Ask once more, then take it back to ours."""
    found = _organisation(request, organisation)
    kind, bare = saying.named(key)
    row = _row(found, kind, bare) if kind else None
    if request.method == "POST" and kind:
        actions.take_back(actor=actor_of(request), organisation=found, key=bare, kind=kind)
        messages.success(request, _("Det er gjort."))
        return redirect("library-own", organisation=found.pk)
    if row is None:
        raise Http404
    return render(request, "library/staff/back.html", {"organisation": found, "line": _line(row), "row": row})
