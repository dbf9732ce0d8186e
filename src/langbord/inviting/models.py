"""The question with its trail; those one thinks of asking, who are not persons here yet; letters; how each takes part."""

from __future__ import annotations

from django.db import models

from langbord.access.gate import GatedModel
from langbord.people.models import Person
from langbord.processes.models import Process
from langbord.vault.fields import SealedTextField

from .enums import BEFORE_ASKED, ChangedBy, HeardOf, Side, Step, Through
from .querysets import (
    HouseholdQuerySet,
    InviteeQuerySet,
    LetterQuerySet,
    ProposalQuerySet,
    QuestionVersionQuerySet,
    TakingPartQuerySet,
    TraceQuerySet,
    WhoToAskQuerySet,
)

LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]


class QuestionVersion(GatedModel):
    """What it is about, as it stood from `at` until the next one. Sealed with the process' key: nobody's own words.

    ours: what somebody here can change. elsewhere: what is decided elsewhere, and by whom. why: in a sentence."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    sealed_by = models.UUIDField(editable=False)
    text = SealedTextField(subject="sealed_by")
    ours = SealedTextField(subject="sealed_by", blank=True, default="")
    elsewhere = SealedTextField(subject="sealed_by", blank=True, default="")
    why = SealedTextField(subject="sealed_by", blank=True, default="")
    changed_by = models.CharField(max_length=10, choices=ChangedBy.choices)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(QuestionVersionQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="one_question_version_per_number")
        ]

    @property
    def shown_by(self) -> str:
        return str(ChangedBy(self.changed_by).label)


class Proposal(GatedModel):
    """A wording that somebody who takes part would rather have. side: all that those who answer learn of the author.

    version: the question it became. answer: why not, or not like this; sealed with the process' key."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="question_proposals")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    sealed_by = models.UUIDField(editable=False)
    text = SealedTextField(subject="sealed_by")
    why = SealedTextField(subject="sealed_by", blank=True, default="")
    made_at = models.DateTimeField()
    version = models.ForeignKey(
        QuestionVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer_sealed_by = models.UUIDField(editable=False)
    answer = SealedTextField(subject="answer_sealed_by", blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(ProposalQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["made_at"]


class WhoToAsk(GatedModel):
    """Three lists in words, and how many were asked and did not join: all that stays of them. One for each process."""

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="who_to_ask")
    sealed_by = models.UUIDField(editable=False)
    lives_with = SealedTextField(subject="sealed_by", blank=True, default="")
    seldom_asked = SealedTextField(subject="sealed_by", blank=True, default="")
    not_here = SealedTextField(subject="sealed_by", blank=True, default="")
    gone_citizens = models.PositiveSmallIntegerField(default=0)
    gone_service = models.PositiveSmallIntegerField(default=0)
    gone_partners = models.PositiveSmallIntegerField(default=0)

    objects = models.Manager.from_queryset(WhoToAskQuerySet)()

    class Meta(GatedModel.Meta):
        pass

    @property
    def gone(self) -> int:
        return self.gone_citizens + self.gone_service + self.gone_partners


class Household(GatedModel):
    """People who live together, so that a family is asked as one. Only a number: who they are, the people say."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="households")
    number = models.PositiveSmallIntegerField()

    objects = models.Manager.from_queryset(HouseholdQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="one_household_per_number")]


class Letter(GatedModel):
    """A letter as the writers here made it from one of `content/letters`. question: the version its words are about.

    caller_person: whose name and number `caller` and `phone` are, as far as we know; when they leave, both are emptied.
    announced_*: when and where it was hung up or printed, for an announcement. Sealed with the process' key."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=40)
    side = models.CharField(max_length=10, choices=Side.choices)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="nb")
    question = models.ForeignKey(
        QuestionVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sealed_by = models.UUIDField(editable=False)
    title = SealedTextField(subject="sealed_by")
    text = SealedTextField(subject="sealed_by")
    caller = SealedTextField(subject="sealed_by", blank=True, default="")
    phone = SealedTextField(subject="sealed_by", blank=True, default="")
    caller_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    announced_on = models.DateField(null=True, blank=True)
    announced_where = SealedTextField(subject="sealed_by", blank=True, default="")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = models.Manager.from_queryset(LetterQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["made_at"]


class Invitee(GatedModel):
    """Somebody one thinks of asking, or has asked, who is not a person here yet. Sealed with a key of their own (their id).

    Nothing here says why they struggle, and no case. young: under 16, then `guardian_yes_on` is when a guardian said yes.
    paid: the long way, by announcement and a talk. code, token: what stands on the letter; found by their digests."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="invitees")
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitees"
    )
    sealed_by = models.UUIDField(editable=False)
    name = SealedTextField(subject="sealed_by")
    contact = SealedTextField(subject="sealed_by", blank=True, default="")
    code = SealedTextField(subject="sealed_by")
    token = SealedTextField(subject="sealed_by")
    code_lookup = models.CharField(max_length=64, unique=True, editable=False)
    link_lookup = models.CharField(max_length=64, unique=True, editable=False)
    side = models.CharField(max_length=10, choices=Side.choices)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="nb")
    young = models.BooleanField(default=False)
    guardian_yes_on = models.DateField(null=True, blank=True)
    heard_of = models.CharField(max_length=12, choices=HeardOf.choices, blank=True, default="")
    paid = models.BooleanField(default=False)
    asker = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    step = models.CharField(max_length=12, choices=Step.choices, default=Step.NOTED)
    step_at = models.DateTimeField()
    created_at = models.DateTimeField()

    objects = models.Manager.from_queryset(InviteeQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["process", "step"], name="invitee_process_step")]

    shown_home: str = ""
    """The others of the same household on the page; set by the page."""

    @property
    def shown_step(self) -> str:
        return str(Step(self.step).label)

    @property
    def shown_side(self) -> str:
        return str(Side(self.side).label)

    @property
    def awaits_letter(self) -> bool:
        """Nobody has asked them, and no letter is made for them."""
        return self.letter_id is None and self.step in BEFORE_ASKED

    @property
    def needs_guardian(self) -> bool:
        return self.young and self.guardian_yes_on is None


class Trace(GatedModel):
    """One step on the way: when, by whom (None: by themself), and how we learnt it."""

    invitee = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="traces")
    step = models.CharField(max_length=12, choices=Step.choices)
    through = models.CharField(max_length=8, choices=Through.choices)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(TraceQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["at", "pk"]

    @property
    def shown_step(self) -> str:
        return str(Step(self.step).label)

    @property
    def shown_through(self) -> str:
        return str(Through(self.through).label)


class TakingPart(GatedModel):
    """How somebody wants to take part, in their own words: first of somebody who is asked, then of a person in the process.

    heard_by: the one who asked when it was said. Of somebody who is asked there is a row for each of them, so that whoever
    takes over the asking does not read what was said to the one before; with a seat they become one, and it is emptied.
    channel: values of `Channel`, sealed too. household, side: go along, so that a family is still counted as one."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="ways_of_taking_part")
    invitee = models.ForeignKey(
        Invitee, null=True, blank=True, on_delete=models.CASCADE, related_name="ways_of_taking_part"
    )
    heard_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="ways_of_taking_part"
    )
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="seated"
    )
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.CITIZEN)
    sealed_by = models.UUIDField(editable=False)
    channel = SealedTextField(subject="sealed_by", blank=True, default="")
    companion = SealedTextField(subject="sealed_by", blank=True, default="")
    pace = SealedTextField(subject="sealed_by", blank=True, default="")
    language = SealedTextField(subject="sealed_by", blank=True, default="")
    reading = SealedTextField(subject="sealed_by", blank=True, default="")
    body = SealedTextField(subject="sealed_by", blank=True, default="")
    mind = SealedTextField(subject="sealed_by", blank=True, default="")
    food = SealedTextField(subject="sealed_by", blank=True, default="")
    hard = SealedTextField(subject="sealed_by", blank=True, default="")
    written_at = models.DateTimeField()

    objects = models.Manager.from_queryset(TakingPartQuerySet)()

    WORDS = ("channel", "companion", "pace", "language", "reading", "body", "mind", "food", "hard")

    class Meta(GatedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["process", "person"], name="one_way_of_taking_part_per_process"),
            models.UniqueConstraint(fields=["invitee", "heard_by"], name="one_way_of_taking_part_per_asker"),
            models.CheckConstraint(
                condition=models.Q(invitee__isnull=False, person__isnull=True)
                | models.Q(invitee__isnull=True, person__isnull=False),
                name="taking_part_is_of_one",
            ),
        ]
