"""Who sees a list: its citizen and its one adviser, while they sit there. Who sees figures: the unit's advisers, and its
leader when they have looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Exists, OuterRef, Q

from langbord.access.gate import ClosedQuerySet, GatedModel

from .enums import Answer, Kind, Seat
from .rules import advises, leads

if TYPE_CHECKING:
    from langbord.access.actor import Actor

    from .models import Entry, FirstCard, Look, Meeting, Party, Release, Thought, Tick


M = TypeVar("M", bound=GatedModel)

_WHY = "the wall itself: who sits at a list, and what was written down by telephone"


def _seats(actor: Actor) -> Any:
    """The seats that this actor has at lists now. On the first day of a new card only lists one joined since; and the one
    for which one was given one's very first card, where there is nothing older of one's own."""
    from .models import FirstCard, Party

    me: Any = actor.person_id
    mine = Party.objects.unrestricted(_WHY).filter(person_id=me, ended_at__isnull=True)
    if not advises(actor):
        mine = mine.filter(side=Seat.CITIZEN)
    if actor.reads_from is not None:
        # The day counted is that of the very first card: a card taken in use earlier, or a PIN chosen by a link later,
        # makes it another's day, and whoever printed that one opens nothing older.
        first = FirstCard.objects.unrestricted(_WHY).filter(
            person_id=me, person__cards__first_used_at=actor.reads_from
        )
        first = first.exclude(person__cards__first_used_at__lt=actor.reads_from)
        mine = mine.filter(Q(since__gte=actor.reads_from) | Q(meeting_id__in=first.values("meeting_id")))
    return mine


class MeetingQuerySet(ClosedQuerySet["Meeting"]):
    def visible_to(self, actor: Actor) -> Self:
        """Lists at which one sits."""
        if actor.person_id is None:
            return self._opened().none()
        return self._opened().filter(pk__in=_seats(actor).values("meeting_id"))

    def with_unit(self) -> Self:
        return self.select_related("unit")

    def seated(self) -> Self:
        """With a citizen."""
        from .models import Party

        citizen = Party.objects.unrestricted(_WHY).filter(meeting_id=OuterRef("pk"), side=Seat.CITIZEN)
        return self.filter(Exists(citizen))

    def unseated(self) -> Self:
        from .models import Party

        citizen = Party.objects.unrestricted(_WHY).filter(meeting_id=OuterRef("pk"), side=Seat.CITIZEN)
        return self.exclude(Exists(citizen))

    def may_be_counted(self, unit_id: object) -> Self:
        """Of a unit, with the citizen's yes, talked through once, and in no release."""
        return self.filter(
            unit_id=unit_id, counts=Answer.YES, first_closed_at__isnull=False, release__isnull=True
        )


class _OnList(ClosedQuerySet[M]):
    """What hangs on a list is seen by those who see the list."""

    def visible_to(self, actor: Actor) -> Self:
        from .models import Meeting

        return self._opened().filter(meeting_id__in=Meeting.objects.visible_to(actor).values("pk"))


class PartyQuerySet(_OnList["Party"]):
    def now(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def advising(self, unit_id: object) -> Self:
        """The advisers' seats at lists of a unit where a citizen sits."""
        from .models import Party

        here = Party.objects.unrestricted(_WHY).filter(side=Seat.CITIZEN, ended_at__isnull=True)
        return self.filter(
            Exists(here.filter(meeting_id=OuterRef("meeting_id"))),
            side=Seat.ADVISER,
            ended_at__isnull=True,
            meeting__unit_id=unit_id,
        )

    def not_heard(self, actor: Actor) -> Self:
        """One's own seats as a citizen, at lists where something was written down by telephone since one last said that
        it is right."""
        from .models import Entry, Tick

        later: dict[str, Any] = {"meeting_id": OuterRef("meeting_id"), "by_phone": True}
        since = Q(at__gt=OuterRef("heard_at"))
        ticks = Tick.objects.unrestricted(_WHY).filter(wrong_at__isnull=True, **later)
        words = Entry.objects.unrestricted(_WHY).filter(**later)
        never = Q(heard_at__isnull=True) & (Q(Exists(ticks)) | Q(Exists(words)))
        again = Q(heard_at__isnull=False) & (Q(Exists(ticks.filter(since))) | Q(Exists(words.filter(since))))
        return self.filter(never | again, person_id=actor.person_id, side=Seat.CITIZEN, ended_at__isnull=True)


class FirstCardQuerySet(ClosedQuerySet["FirstCard"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever registered the person, while they sit at the list."""
        from .models import Meeting

        mine = Meeting.objects.visible_to(actor).values("pk")
        return self._opened().filter(registered_by_id=actor.person_id, meeting_id__in=mine)

    def with_person(self) -> Self:
        return self.select_related("person")

    def not_used(self) -> Self:
        """No card of theirs was ever taken in use."""
        return self.exclude(person__cards__first_used_at__isnull=False)


class TickQuerySet(_OnList["Tick"]):
    pass


class EntryQuerySet(_OnList["Entry"]):
    def own_texts(self) -> Self:
        return self.filter(kind__in=[Kind.PLAN, Kind.NOTES])


class ReleaseQuerySet(ClosedQuerySet["Release"]):
    def visible_to(self, actor: Actor) -> Self:
        """The advisers of the unit; its leader, when the advisers have looked. Older releases wait behind the day one was
        registered, as in the unit's log: a coordinator elsewhere could invent a colleague (decision 0018). On the first
        day of a new card nothing older. Nobody sees one whose figures are gone."""
        if not advises(actor):
            return self._opened().none()
        mine = self._opened().filter(
            unit_id=actor.person.unit_id, gone_at__isnull=True, made_at__gte=actor.person.created_at
        )
        if actor.reads_from is not None:
            mine = mine.filter(made_at__gte=actor.reads_from)
        return mine.filter(opened_at__isnull=False) if leads(actor) else mine


class _OfRelease(ClosedQuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        from .models import Release

        return self._opened().filter(release_id__in=Release.objects.visible_to(actor).values("pk"))


class ThoughtQuerySet(_OfRelease["Thought"]):
    pass


class LookQuerySet(_OfRelease["Look"]):
    def that_count(self, release: Release) -> Self:
        """Of those registered before it was made who sit with a citizen at a list of its unit now."""
        from .models import Party

        advise = Party.objects.unrestricted(_WHY).advising(release.unit_id)
        return self.filter(
            release=release,
            person__created_at__lte=release.made_at,
            person_id__in=advise.values("person_id"),
        )
