"""The list for two, who sits at it, the ticks and the words; and what a unit was shown of many lists."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from langbord.access.gate import GatedModel
from langbord.people.models import Person, Unit
from langbord.vault.fields import SealedTextField

from .enums import Answer, Kind, Seat
from .querysets import (
    EntryQuerySet,
    FirstCardQuerySet,
    LookQuerySet,
    MeetingQuerySet,
    PartyQuerySet,
    ReleaseQuerySet,
    ThoughtQuerySet,
    TickQuerySet,
)


class Release(GatedModel):
    """What a unit is shown of many lists: made once, never changed. first, last: the first day of the first and of the
    last month. figures: {point: how many lists where nobody ticked it}, only those that may be shown. opened_at: two advisers
    have looked, and the unit's leader sees it. gone_at: a yes in it was taken back; the figures are emptied, and its months
    are never counted again."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()
    lists = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(ReleaseQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-last"]
        constraints = [models.UniqueConstraint(fields=["unit", "last"], name="one_release_a_month")]


class Meeting(GatedModel):
    """One list for a citizen and their one adviser. Of no process.

    code_*: the code that takes the empty seat, as a digest. closed_at: the talk is over for now. counts: the citizen's
    answer to being counted. release: the one release it was ever counted in.
    """

    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    code_lookup = models.CharField(max_length=64, null=True, unique=True, editable=False)
    code_for = models.CharField(max_length=10, blank=True, default="", choices=Seat.choices)
    code_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    first_closed_at = models.DateTimeField(null=True)
    counts = models.CharField(max_length=3, blank=True, default="", choices=Answer.choices)
    counts_at = models.DateTimeField(null=True)
    release = models.ForeignKey(Release, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = models.Manager.from_queryset(MeetingQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-touched_at"]


class Party(GatedModel):
    """Somebody's seat at a list. called: what they want to be called on it, seen by both. label: an adviser's own name for
    the list, seen by the adviser alone. heard_at: the citizen has said that what was written down by telephone is right.
    ended_at: sees nothing of it any more."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Seat.choices)
    sealed_by = models.UUIDField(editable=False)
    called = SealedTextField(subject="sealed_by")
    label = SealedTextField(subject="sealed_by", blank=True, default="")
    since = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(PartyQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "side"],
                condition=models.Q(ended_at__isnull=True),
                name="one_party_each_side",
            )
        ]


class FirstCard(GatedModel):
    """The adviser has registered somebody for this list and may print their first card, until it is taken in use. Goes when
    the citizen does something on the list for the first time."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    registered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = models.Manager.from_queryset(FirstCardQuerySet)()

    class Meta(GatedModel.Meta):
        pass


class Tick(GatedModel):
    """One side says that they have a point. by_phone: the adviser ticked for the citizen. wrong_at: the citizen says that
    this is not right."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    point = models.CharField(max_length=60)
    side = models.CharField(max_length=10, choices=Seat.choices)
    by_phone = models.BooleanField(default=False)
    wrong_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(TickQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "point", "side"], name="one_tick_each")]


class Entry(GatedModel):
    """Words on a list, their author's own. side: who says it; by_phone: the adviser wrote it down for the citizen. thing:
    the key of the thing it is about, or nothing. about: what a correction stands beside. version: how often the citizen
    has written their plan or notes anew. author: nobody when an adviser has left. text: empty where the words could not
    stay, or their author took them away, and only what stands beside them does."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    thing = models.CharField(max_length=60, blank=True, default="")
    side = models.CharField(max_length=10, choices=Seat.choices)
    author = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    text = SealedTextField(subject="sealed_by")
    about = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField(null=True)
    kept_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    by_phone = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(EntryQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                condition=models.Q(kind__in=["plan", "notes"]),
                name="one_plan_and_notes",
            )
        ]

    @property
    def shown_kind(self) -> Any:
        return Kind(self.kind).label

    @property
    def is_empty(self) -> bool:
        return not str(self.text)

    @property
    def shown_text(self) -> str:
        if not self.is_empty:
            return str(self.text)
        return _("Det er borte.") if self.author_id is None else _("Tatt bort.")


class Thought(GatedModel):
    """What an adviser thinks of the figures their unit was shown. Their leader reads it beside the figures."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed_by = models.UUIDField(editable=False)
    text = SealedTextField(subject="sealed_by")
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(ThoughtQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["at"]


class Look(GatedModel):
    """An adviser of the unit has looked at a release: who, and when."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(LookQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["release", "person"], name="one_look_each")]
