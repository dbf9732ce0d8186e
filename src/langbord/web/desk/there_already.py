"""What a coordinator made a moment ago, and seems to be making once more after *back*: pointed at, never refused
(`langbord.base.forms.There`)."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.base import events
from langbord.base.forms import There, wants_one_more
from langbord.people.models import Person
from langbord.processes.models import Membership, Process
from langbord.vault import preload_for

from .forms import BeginForm, InviteForm, RoomForm


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def begun_lately(actor: Actor) -> list[Process]:
    """The processes that this person began a moment ago, and is in, the latest first. Two queries at most."""
    ids = events.done_lately(actor.person_id, "process.begun")
    found = {row.pk: row for row in Process.objects.visible_to(actor).filter(pk__in=ids)} if ids else {}
    return [found[pk] for pk in ids if pk in found]


def process_begun(actor: Actor) -> There | None:
    """On the page as it is first shown: the last one."""
    begun = begun_lately(actor)
    return _to(begun[0], asks=False) if begun else None


def same_process(actor: Actor, form: BeginForm, process_id: UUID) -> There | None:
    """One that this very form began, with another name; or one of the same name. Not the same press once more."""
    if wants_one_more(form.data):
        return None
    name = str(form.cleaned_data["name"])
    for process in begun_lately(actor):
        same_form, same_name = process.pk == process_id, _alike(str(process.name), name)
        if same_form and same_name:
            return None
        if same_form or same_name:
            return _to(process, asks=True)
    return None


def _to(process: Process, *, asks: bool) -> There:
    said = _("Du begynte nettopp «%(name)s». Vil du endre noe, gjør du det der.") % {"name": process.name}
    return There(said, reverse("process", args=[process.slug]), asks)


def same_room(actor: Actor, process: Process, form: RoomForm, room_id: UUID) -> There | None:
    """A room of the same kind and name. No query."""
    if wants_one_more(form.data):
        return None
    data = form.cleaned_data
    alike = [r for r in actor.rooms_in(process.pk, data["kind"]) if _alike(r.name, data["name"])]
    if not alike or any(room.id == room_id for room in alike):
        return None
    said = _("Dere har et rom som heter «%(name)s».") % {"name": alike[0].name}
    return There(said, reverse("process-people", args=[process.slug]))


def same_person(actor: Actor, process: Process, form: InviteForm, person_id: UUID) -> There | None:
    """Somebody of the same first name whom this person registered a moment ago, and who is in here; whoever has an address
    is known by that. Three queries at most."""
    if wants_one_more(form.data) or form.cleaned_data.get("email"):
        return None
    lately = events.done_lately(actor.person_id, "person.registered")
    if not lately or person_id in lately:
        return None
    among = Membership.objects.visible_to(actor).with_person().filter(process=process, person_id__in=lately)
    people: list[Person] = [member.person for member in among]
    preload_for(people)
    for person in people:
        if _alike(str(person.name), str(form.cleaned_data["name"])):
            said = _("Du ga nettopp %(name)s plass ved bordet.") % {"name": person.name}
            return There(said, reverse("process-people", args=[process.slug]))
    return None
