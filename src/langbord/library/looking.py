"""«Se over språket»: a second button on forms that the service writes in. It keeps what was typed and saves nothing.

In a view, before the form is asked whether it is valid:

    if looking.wanted(request):
        looking.or_missing(actor, process_id)
        form = looking.as_typed(form, people=people)      # the form again, unbound, with what was typed
        look = looking.look(form, "reason", "sent_to", actor=actor)    # goes to the template as `look`

In the template: `{% include "words/_check.html" %}` above the form, `{% include "words/_check_button.html" %}` beside its
other buttons, when `may_look` is true. Never on a form that citizens write in: nobody's own words are corrected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE, HOST_SIDE, SERVICE_SIDE
from langbord.words.advice import Advice, Kind
from langbord.words.checking import Check, Point, check

from .overrides import of, own_hints
from .rules import meets_words_of

BUTTON = "look_over"


def wanted(request: HttpRequest) -> bool:
    """Was it the button «Se over språket»?"""
    return request.method == "POST" and BUTTON in request.POST


def may_look(actor: Actor, process_id: UUID) -> bool:
    """Who writes for a service in this process, and is nobody's citizen there."""
    roles = actor.roles_in(process_id)
    return bool(roles & (SERVICE_SIDE | HOST_SIDE)) and not roles & CITIZEN_SIDE


def or_missing(actor: Actor, process_id: UUID) -> None:
    if not may_look(actor, process_id):
        raise Http404


def as_typed(form: Any, **kwargs: Any) -> Any:
    """The same form, not yet sent: every field as it was typed, nothing checked, the key of what it will make kept.
    `kwargs`: what the form needs beside its data."""
    initial = {name: form[name].value() for name in form.fields}
    return type(form)(initial=initial, **kwargs)


@dataclass(frozen=True)
class Told:
    """A point in words. `about` is empty where the same was said at a point before: advice should not shout."""

    point: Point
    about: str


@dataclass(frozen=True)
class Look:
    """What `words/_check.html` shows. `empty`: there was no text to look over."""

    check: Check
    told: list[Told]
    language: str

    @property
    def empty(self) -> bool:
        return not self.check.words


def language_now() -> str:
    """The language of the page, for a text that does not say its own."""
    return (get_language() or "nb")[:2]


def look_at(text: str, language: str, *, actor: Actor | None = None) -> Look:
    """Check one text. With an actor: also for the office words their organisation added, two queries. Writes nothing."""
    theirs = meets_words_of(actor) if actor is not None else None
    more = own_hints(of(theirs), language, only=True) if theirs is not None else ()
    found = check(text.replace("\r\n", "\n"), language, more)
    points, said = [], set[str]()
    for point in found.points:
        about = told(point.one)
        points.append(Told(point, "" if about in said else about))
        if not point.one.why:
            said.add(about)
    return Look(found, points, language)


def look(form: Any, *names: str, actor: Actor | None = None) -> Look:
    """Check what stands in some fields of a form, together."""
    return look_at("\n\n".join(_texts(form, names)), language_now(), actor=actor)


def _texts(form: Any, names: Iterable[str]) -> list[str]:
    found = [str(form[name].value() or "") for name in names if name in form.fields]
    return [text for text in found if text.strip()]


def told(one: Advice) -> str:
    """Plainly and kindly, what is meant by a piece of advice, in the language of the page."""
    n = one.figure
    match one.kind:
        case Kind.OFFICE_WORD:
            return _("Dette er et kontorord. Finnes det et ord dere ville brukt hjemme?")
        case Kind.LABEL:
            return _(
                "Her blir noen kalt det de får eller mangler. Si heller hva som er vanskelig, eller navnet."
            )
        case Kind.ABBREVIATION:
            return _("Skriv det helt ut. Ikke alle kjenner forkortelsen.")
        case Kind.PASSIVE:
            return _("Her står det ikke hvem som gjør noe. Er det «vi» eller «du»?")
        case Kind.RARE:
            return _("Dette ordet møter mange sjelden. Finnes det et enklere?")
        case Kind.LONG_WORD:
            return ngettext(
                "Et langt ord, med %(number)d bokstav. Kan det bli to ord?",
                "Et langt ord, med %(number)d bokstaver. Kan det bli to ord?",
                n,
            ) % {"number": n}
        case Kind.LONG_SENTENCE:
            return ngettext(
                "%(number)d ord i én setning. Sett gjerne et punktum på veien.",
                "%(number)d ord i én setning. Sett gjerne et punktum på veien.",
                n,
            ) % {"number": n}
        case Kind.NOUNS:
            return _(
                "%(number)d ord som slutter på -ing, -else, -het eller -sjon. Si heller hvem som gjør hva."
            ) % {"number": n}
        case Kind.PREPOSITIONS:
            return _(
                "%(number)d småord tett i tett, som «til», «av» og «for». Prøv å dele setningen i to."
            ) % {"number": n}
        case Kind.HEAVY:
            return _(
                "Et tungt avsnitt. Lesetallet er %(number)d. Kortere setninger og kortere ord hjelper."
            ) % {"number": n}
