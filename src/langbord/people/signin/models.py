"""How people sign in: cards, one-time links, codes by e-mail, second factors, sessions.

No code, token or session key is stored, only keyed digests of them (`vault.lookup`): whoever holds a copy of the
database cannot sign in with it.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from langbord.access.gate import GatedModel
from langbord.base.models import Entity
from langbord.vault.fields import SealedTextField

from .querysets import (
    CardQuerySet,
    NobodyQuerySet,
    OneTimeLinkQuerySet,
    OwnSessionQuerySet,
    PersonaKeyQuerySet,
    RescuedQuerySet,
)

FIRST_DAY = timedelta(hours=24)
"""So long a new card opens no older pieces: whoever printed it may be the one who holds it."""


class Card(GatedModel):
    """A folded piece of paper given by hand: a short code, and a longer one in a QR.

    New until somebody uses it (then it asks them to choose a PIN); then in use; revoked for good at any time.
    `expires_at` counts only for the first use. `noticed_at`: the person has said that it was they who took it in use.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="cards")
    code_lookup = models.CharField(max_length=64, unique=True, editable=False)
    link_lookup = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    first_used_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(CardQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-issued_at"]

    @property
    def state(self) -> str:
        """`new`, `used` or `revoked`."""
        if self.revoked_at is not None:
            return "revoked"
        return "used" if self.first_used_at is not None else "new"


class OneTimeLink(GatedModel):
    """A link that signs one person in, once. `for_example`: made by `personas`; asks for neither PIN nor second factor,
    and works on example data only. `sets_pin`: used by somebody without a PIN, who chose one then."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="one_time_links")
    token_lookup = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    sets_pin = models.BooleanField(default=False)
    for_example = models.BooleanField(default=False)

    objects = models.Manager.from_queryset(OneTimeLinkQuerySet)()

    class Meta(GatedModel.Meta):
        pass


class EmailCode(GatedModel):
    """Six digits sent by e-mail. Made for unknown addresses too (without a person), so that both look the same."""

    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.CASCADE, related_name="email_codes"
    )
    code_lookup = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = models.Manager.from_queryset(NobodyQuerySet["EmailCode"])()

    class Meta(GatedModel.Meta):
        pass


class SecondFactor(GatedModel):
    """A time-based code from an app (RFC 6238). Counts once `confirmed_at` is set. `last_step`: the time step of the code
    last accepted, so that no code works twice."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="second_factor")
    sealed_by = models.UUIDField(editable=False)
    secret = SealedTextField(subject="sealed_by")
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    objects = models.Manager.from_queryset(NobodyQuerySet["SecondFactor"])()

    class Meta(GatedModel.Meta):
        pass


class RecoveryCode(GatedModel):
    """One of the codes to keep on paper for the day the phone is lost."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="recovery_codes")
    code_lookup = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(NobodyQuerySet["RecoveryCode"])()

    class Meta(GatedModel.Meta):
        pass


class OwnSession(GatedModel):
    """A place where somebody is signed in, so that they can see it and end it. `seen_at` is coarse: it shall not tell
    when people are awake."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="own_sessions")
    key_lookup = models.CharField(max_length=64, unique=True, editable=False)
    card = models.ForeignKey(Card, null=True, on_delete=models.SET_NULL, related_name="sessions")
    device = models.CharField(max_length=10, default="other")
    shared = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(OwnSessionQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-seen_at"]


class Rescued(GatedModel):
    """What somebody sent just after they had been signed out: sealed with their key, given back only to them."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="rescued")
    sealed_by = models.UUIDField(editable=False)
    path = models.CharField(max_length=300)
    fields = SealedTextField(subject="sealed_by")
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(RescuedQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["-at"]


class PersonaKey(GatedModel):
    """A stable name for one of the persons of the example ("citizen-1"), so that it can be tried from outside."""

    key = models.SlugField(max_length=40, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="persona_keys")
    process_slug = models.CharField(max_length=60, blank=True)
    track = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=20, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = models.Manager.from_queryset(PersonaKeyQuerySet)()

    class Meta(GatedModel.Meta):
        ordering = ["order", "key"]


class Throttle(Entity):
    """How often something went wrong, or was asked for, under a key that is itself a keyed digest. Names nobody."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
