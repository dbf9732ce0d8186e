"""What somebody wrote down or began a moment ago, and seems to be making once more after *back*: pointed at, never refused
(`langbord.base.forms.There`)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.forms import There, wants_one_more
from langbord.vault import preload_for

from .actions import ids_from
from .forms import AddForm, LetterNewForm
from .models import Invitee, Letter
from .views_question import Place


def same_names(actor: Actor, process: Place, form: AddForm) -> There | None:
    """Somebody of the same first name and side whom this person wrote down a moment ago, and who is on the list. Two
    queries."""
    if wants_one_more(form.data):
        return None
    data = form.cleaned_data
    lately = Invitee.objects.visible_to(actor).filter(
        process_id=process.pk,
        noted_by_id=actor.person_id,
        side=data["side"],
        created_at__gte=clock.now() - events.LATELY,
    )
    rows = list(lately)
    same_press = set(ids_from(data["once"], data["names"]))
    if not rows or any(row.pk in same_press for row in rows):
        return None
    preload_for(rows)
    typed = {person.name.casefold() for house in data["names"] for person in house}
    alike = [str(row.name) for row in rows if str(row.name).casefold() in typed]
    if not alike:
        return None
    said = _("Du skrev nettopp opp: %(names)s.") % {"names": ", ".join(dict.fromkeys(alike))}
    return There(said, reverse("inviting", args=[process.slug]))


def same_letter(actor: Actor, process: Place, form: LetterNewForm) -> There | None:
    """A letter of the same kind and language that this person began here a moment ago. Three queries at most."""
    if wants_one_more(form.data):
        return None
    lately = events.done_lately(actor.person_id, "letter.begun")
    if not lately or form.cleaned_data["once"] in lately:
        return None
    data = form.cleaned_data
    found = (
        Letter.objects.visible_to(actor)
        .filter(pk__in=lately, process_id=process.pk, kind=data["kind"], language=data["language"])
        .last()
    )
    if found is None:
        return None
    preload_for([found])
    said = _("Du begynte nettopp «%(name)s». Vil du endre noe, gjør du det der.") % {"name": found.title}
    return There(said, reverse("letter", args=[process.slug, found.pk]))
