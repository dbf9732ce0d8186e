"""What a list for two holds on a person. The list is its citizen's: when they leave, it goes, with everybody's words on it.
When an adviser leaves, what they wrote stays with the citizen without the name, sealed with the citizen's key."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langbord.access.actor import actor_of
from langbord.base.personal_data import (
    Category,
    Counts,
    Fact,
    Fate,
    Holding,
    Numbers,
    Parting,
    Register,
    Section,
    counted,
    register,
)
from langbord.people.models import Person
from langbord.vault import preload_for
from langbord.vault.moving import move, moved_to

from . import points
from .actions import remove_lists
from .enums import Answer, Seat
from .models import Entry, FirstCard, Look, Meeting, Party, Thought, Tick

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"
_STAYS = "somebody leaves: what they gave stays without their name"


def export(person_id: UUID) -> list[Section]:
    """One's own lists as a citizen with all that stands on them; as an adviser one's own words and no more. What a citizen
    said on the telephone, in the adviser's hand, only of lists that the adviser sees now."""
    seats = list(Party.objects.unrestricted(_SHOWN).filter(person_id=person_id))
    as_citizen = [seat.meeting_id for seat in seats if seat.side == Seat.CITIZEN]
    entries = Entry.objects.unrestricted(_SHOWN)
    words = [*entries.filter(meeting_id__in=as_citizen)]
    seen = Meeting.objects.visible_to(
        actor_of(Person.objects.unrestricted(_SHOWN).filter(pk=person_id).first())
    )
    not_mine = Q(by_phone=True) & ~Q(meeting_id__in=seen.values("pk"))
    words += entries.filter(author_id=person_id).exclude(meeting_id__in=as_citizen).exclude(not_mine)
    ticks = list(Tick.objects.unrestricted(_SHOWN).filter(meeting_id__in=as_citizen))
    thoughts = list(Thought.objects.unrestricted(_SHOWN).filter(author_id=person_id))
    looks = Look.objects.unrestricted(_SHOWN).filter(person_id=person_id).order_by("at")
    answers = dict(Meeting.objects.unrestricted(_SHOWN).filter(pk__in=as_citizen).values_list("pk", "counts"))
    told = {meeting: str(Answer(answer).label) for meeting, answer in answers.items() if answer}
    preload_for([*seats, *words, *thoughts])
    text_of = {item.key: str(item.text) for part in points.things() for item in part.items}
    return [
        Section(
            "first_meetings",
            _("Første møte: listene mine"),
            [
                [
                    Fact("list", _("Liste"), str(seat.meeting_id)),
                    Fact("side", _("Min side"), str(Seat(seat.side).label)),
                    Fact("called", _("Det jeg blir kalt på lista"), str(seat.called)),
                    Fact("label", _("Det jeg kaller lista"), str(seat.label)),
                    Fact("since", _("Fra"), seat.since),
                    Fact("until", _("Til"), seat.ended_at),
                    Fact(
                        "counted",
                        _("Kan telles med"),
                        answers.get(seat.meeting_id, ""),
                        told.get(seat.meeting_id, ""),
                    ),
                ]
                for seat in seats
            ],
        ),
        Section(
            "first_meeting_ticks",
            _("Første møte: krysset av"),
            [
                [
                    Fact("list", _("Liste"), str(tick.meeting_id)),
                    Fact("point", _("Punkt"), text_of.get(tick.point, tick.point)),
                    Fact("side", _("Av"), str(Seat(tick.side).label)),
                    Fact("by_phone", _("Sagt i telefonen"), tick.by_phone),
                    Fact("wrong_at", _("Stemmer ikke"), tick.wrong_at),
                    Fact("at", _("Når"), tick.at),
                ]
                for tick in ticks
            ],
        ),
        Section(
            "first_meeting_words",
            _("Første møte: det som står på listene"),
            [
                [
                    Fact("list", _("Liste"), str(entry.meeting_id)),
                    Fact("kind", _("Hva"), str(entry.shown_kind)),
                    Fact("side", _("Av"), str(Seat(entry.side).label)),
                    Fact("mine", _("Skrevet av meg"), entry.author_id == person_id),
                    Fact("by_phone", _("Sagt i telefonen"), entry.by_phone),
                    Fact("text", _("Tekst"), str(entry.text)),
                    Fact("due_on", _("Innen"), entry.due_on),
                    Fact("kept_at", _("Holdt"), entry.kept_at),
                    Fact("at", _("Når"), entry.at),
                ]
                for entry in words
            ],
        ),
        Section(
            "first_meeting_thoughts",
            _("Første møte: det jeg tenker om tallene"),
            [
                [Fact("text", _("Tekst"), str(thought.text)), Fact("at", _("Når"), thought.at)]
                for thought in thoughts
            ],
        ),
        Section(
            "first_meeting_looks",
            _("Første møte: da jeg så på tallene"),
            [[Fact("at", _("Når"), look.at)] for look in looks],
        ),
    ]


def _going(person_id: UUID) -> Any:
    """Lists that go with the person: one's own as a citizen, and those one waited at alone. Not asked for yet."""
    seats = Party.objects.unrestricted(_GONE)
    own = seats.filter(person_id=person_id, side=Seat.CITIZEN).values("meeting_id")
    advised = seats.filter(person_id=person_id, side=Seat.ADVISER).values("meeting_id")
    seated = seats.filter(side=Seat.CITIZEN).values("meeting_id")
    alone = Q(pk__in=advised) & ~Q(pk__in=seated)
    return Meeting.objects.unrestricted(_GONE).filter(Q(pk__in=own) | alone)


def _said_as_adviser(person_id: UUID) -> Any:
    rows = Entry.objects.unrestricted(_STAYS).filter(author_id=person_id)
    return rows.exclude(meeting_id__in=_going(person_id).values("pk"))


def counts(parting: Parting) -> Counts:
    if parting.process_id is not None:
        return {}
    return {
        (Fate.GONE, "first-meeting"): _going(parting.person_id),
        (Fate.NAMELESS, "first-meeting-word"): _said_as_adviser(parting.person_id),
    }


def keep_without_name(parting: Parting) -> Numbers:
    """What an adviser wrote to a citizen is sealed anew with the citizen's key, and has no name: it was said for the
    service, and the citizen relies on it."""
    if parting.process_id is not None:
        return Numbers()
    rows = list(_said_as_adviser(parting.person_id))
    seats = Party.objects.unrestricted(_STAYS).filter(side=Seat.CITIZEN)
    keys = dict(seats.values_list("meeting_id", "sealed_by"))
    ids = []
    for entry in rows:
        # Back from a backup, under a key that is gone: nobody can open it, so the words can't stay. What another wrote
        # beside them is theirs, and hangs on the row.
        if moved_to(entry, keys[entry.meeting_id]) is None:
            _empty(entry, keys[entry.meeting_id])
            continue
        move(entry, keys[entry.meeting_id])
        ids.append(entry.pk)
    Entry.objects.unrestricted(_STAYS).filter(pk__in=ids).update(author=None)
    return Numbers({(Fate.NAMELESS, "first-meeting-word"): len(ids)}) if ids else Numbers()


def _empty(entry: Entry, subject: UUID) -> None:
    row = Entry.objects.unrestricted(_STAYS)
    if row.filter(about_id=entry.pk).exclude(author_id=entry.author_id).exists():
        row.filter(pk=entry.pk).update(author=None, sealed_by=subject, text="")
    else:
        entry.delete()


def erase(parting: Parting) -> Numbers:
    if parting.process_id is not None:
        return Numbers()
    person_id = parting.person_id
    gone = _going(person_id)
    told = counted({(Fate.GONE, "first-meeting"): gone})
    remove_lists(sorted(gone.values_list("pk", flat=True)))
    for model in (Party, FirstCard, Look):
        model.objects.unrestricted(_GONE).filter(person_id=person_id).delete()
    Thought.objects.unrestricted(_GONE).filter(author_id=person_id).delete()
    return told


_THINGS = {
    "first-meeting": lambda n: (
        ngettext("%(n)d liste fra et første møte", "%(n)d lister fra første møter", n) % {"n": n}
    ),
    "first-meeting-word": lambda n: (
        ngettext(
            "%(n)d ting du skrev på lista til en innbygger",
            "%(n)d ting du skrev på listene til innbyggere",
            n,
        )
        % {"n": n}
    ),
}

_FOR_TWO = gettext_lazy("For at du og rådgiveren din skal huske det samme.")


def declare() -> None:
    register(
        Register(
            app="firstmeeting",
            holdings=(
                Holding(
                    "firstmeeting.Meeting",
                    gettext_lazy("at dere har en liste for to, og om den kan telles med"),
                    _FOR_TWO,
                    (Category.TAKING_PART,),
                    mentions=("begun_by",),
                ),
                Holding(
                    "firstmeeting.Party",
                    gettext_lazy("hvem som sitter ved lista, og hva dere blir kalt der"),
                    _FOR_TWO,
                    (Category.IDENTITY, Category.TAKING_PART),
                    whose=("person_id",),
                ),
                Holding(
                    "firstmeeting.FirstCard",
                    gettext_lazy("hvem som kan gi deg det aller første kortet"),
                    gettext_lazy("For at du skal få komme inn uten e-post."),
                    (Category.SIGN_IN,),
                    whose=("person_id",),
                    mentions=("registered_by",),
                ),
                Holding(
                    "firstmeeting.Tick",
                    gettext_lazy("hva dere har krysset av på lista"),
                    _FOR_TWO,
                    (Category.WORDS,),
                ),
                Holding(
                    "firstmeeting.Entry",
                    gettext_lazy("det som står på lista: kommentarer, løfter, planen din og notatene dine"),
                    _FOR_TWO,
                    (Category.WORDS,),
                    whose=("author_id",),
                ),
                Holding(
                    "firstmeeting.Thought",
                    gettext_lazy("det en rådgiver tenker om tallene fra mange lister"),
                    gettext_lazy("For at den som leder, skal lese tallene sammen med dem som kjenner dem."),
                    (Category.WORDS,),
                    whose=("author_id",),
                ),
                Holding(
                    "firstmeeting.Look",
                    gettext_lazy("at en rådgiver har sett på tallene"),
                    gettext_lazy("For at rådgiverne skal få se dem først."),
                    (Category.TRACES,),
                    whose=("person_id",),
                ),
            ),
            export=export,
            counts=counts,
            keep_without_name=keep_without_name,
            erase=erase,
            things=_THINGS,
        )
    )
