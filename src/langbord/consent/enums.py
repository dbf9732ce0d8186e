"""The words of consent. The lists follow ISO/IEC TS 27560 and the W3C Data Privacy Vocabulary, in our own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What somebody is asked about, one thing at a time. The values stand in addresses and in files."""

    TAKING_PART = "taking-part", _("å være med")
    MINUTES = "minutes", _("ordene mine i referatet")
    RECORDING = "recording", _("lydopptak")
    PHOTO = "photo", _("bilder")
    RESEARCH = "research", _("ordene mine i forskning, som tema")
    QUOTES = "quotes", _("ordene mine som sitat")
    RESULTS = "results", _("svarene mine i resultatene")
    CONTACT = "contact", _("kontakt på SMS eller e-post")
    LATER = "later-gatherings", _("å høre om senere samlinger")
    BEYOND = "beyond", _("fortellingen min andre steder")


RESEARCH_PURPOSES = frozenset({Purpose.RESEARCH, Purpose.QUOTES, Purpose.RECORDING})
"""What a researcher may know of (2-walls: research purposes)."""

HOST_PURPOSES = frozenset({Purpose.RECORDING, Purpose.PHOTO, Purpose.CONTACT})
"""What a host must know to act rightly: whom not to record, whom not to photograph, whom not to ring."""


class EventKind(models.TextChoices):
    """What happened to one purpose. Only `given` and `confirmed` are a yes."""

    ASKED = "asked", _("spurt")
    GIVEN = "given", _("sa ja")
    REFUSED = "refused", _("sa nei")
    WITHDRAWN = "withdrawn", _("tok tilbake")
    EXPIRED = "expired", _("gikk ut")
    CONFIRMED = "confirmed", _("sa ja igjen")


YES_KINDS = frozenset({EventKind.GIVEN, EventKind.CONFIRMED})
NO_KINDS = frozenset({EventKind.REFUSED, EventKind.WITHDRAWN})


class Method(models.TextChoices):
    """How the answer came. `none`: nobody answered, it ran out."""

    SCREEN = "screen", _("på skjermen")
    PAPER = "paper", _("på papir")
    VOICE = "voice", _("muntlig, med et vitne")
    NONE = "none", _("av seg selv")


class By(models.TextChoices):
    """Whose answer it is. `system`: nobody's, it ran out."""

    SELF = "self", _("meg selv")
    GUARDIAN = "guardian", _("en voksen for meg")
    SYSTEM = "system", _("ingen")


class AgeBand(models.TextChoices):
    """The only thing asked about age. Empty: not asked yet."""

    UNKNOWN = "", _("ikke spurt")
    UNDER_16 = "under_16", _("under 16 år")
    FROM_16 = "from_16", _("16 eller 17 år")
    ADULT = "adult", _("18 år eller eldre")
    NOT_SAID = "not_said", _("vil ikke si")


class Standing(models.TextChoices):
    """Where a purpose stands for one person, worked out each time it is asked for. Only `yes` is a yes."""

    YES = "yes", _("Du har sagt ja")
    NO = "no", _("Du har sagt nei")
    NOT_ASKED = "not_asked", _("Du har ikke svart")
    ASK_AGAIN = "ask_again", _("Vi spør deg på nytt")
    WAITS_FOR_GUARDIAN = "waits_for_guardian", _("Venter på en voksen")
    WAITS_FOR_SELF = "waits_for_self", _("Venter på deg")
    NOT_HERE = "not_here", _("Gjelder ikke her")
