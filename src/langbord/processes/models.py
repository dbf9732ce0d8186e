"""One co-creation, and who takes part in it as what."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from langbord.access.enums import Role
from langbord.access.gate import GatedModel
from langbord.people.models import Organisation, Person, Unit

from .enums import Phase
from .querysets import MembershipQuerySet, ProcessQuerySet


class Process(GatedModel):
    """From first thought to carried on. Name and purpose are a sign on the door, open to all who take part; the form
    says that no person's name belongs there. `template` and `template_version` name what it began from.

    ended_at: closed, and nothing new is written; rooms_go_on: the day the rooms go (see `keeping`). research_*: the
    notification to Sikt, and the last day on which researchers read."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    purpose = models.TextField(max_length=1000, blank=True)
    template = models.CharField(max_length=40, blank=True)
    template_version = models.PositiveSmallIntegerField(default=1)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="processes")
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.INITIATE)
    started_on = models.DateField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    rooms_go_on = models.DateField(null=True, blank=True)
    research_reference = models.CharField(max_length=60, blank=True, default="")
    research_ends_on = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(ProcessQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-started_on", "name"]

    def __str__(self) -> str:
        return self.name


class Membership(GatedModel):
    """A person in a process, in one role. Ending it ends all rights at once; the row stays as history."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(MembershipQuerySet)()

    class Meta(GatedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["process", "person", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="one_current_membership_per_role",
                violation_error_message=_("Personen er allerede med i denne rollen."),
            )
        ]

    @property
    def shown_role(self) -> str:
        return str(Role(self.role).label)

    def __str__(self) -> str:
        return f"{self.role} in {self.process_id}"


from .keeping.models import Closing, Gone, Notice, ResearchEnd, Term  # noqa: E402  (they refer to Process by name)
from .pauses import Pause  # noqa: E402

__all__ = ["Closing", "Gone", "Membership", "Notice", "Pause", "Process", "ResearchEnd", "Term"]
