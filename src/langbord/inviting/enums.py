"""Sides, ways of hearing of somebody, and the steps on the way to a seat."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Which side of the table somebody is asked to."""

    CITIZEN = "citizen", _("innbygger")
    SERVICE = "service", _("fra tjenesten")
    PARTNER = "partner", _("samarbeidspartner")


class HeardOf(models.TextChoices):
    """How one came to think of them. Never why they need help."""

    COLLEAGUE = "colleague", _("en kollega kjenner dem")
    REGISTER = "register", _("et register vi har lov til å bruke")
    NOTICE = "notice", _("de så en kunngjøring")
    VISIT = "visit", _("vi møtte dem")
    ASKED = "asked_self", _("de tok kontakt selv")


class Step(models.TextChoices):
    """Where somebody is on the way. The long way (paid places) has all of them, the short way begins at ASKED."""

    NOTED = "noted", _("skal spørres")
    INTERESTED = "interested", _("har meldt interesse")
    TALKED = "talked", _("vi har snakket sammen")
    ASKED = "asked", _("er spurt")
    YES = "yes", _("har sagt ja")
    NO = "no", _("har sagt nei")
    LATER = "later", _("kanskje senere")
    RING = "ring", _("vil bli ringt")


ANSWERS = (Step.YES, Step.NO, Step.LATER, Step.RING)
"""What somebody answers themself."""
BEFORE_ASKED = (Step.NOTED, Step.INTERESTED, Step.TALKED)
ON_THE_LIST = (*BEFORE_ASKED, Step.ASKED, Step.RING)
"""Those who may still come to the table."""


class Through(models.TextChoices):
    """How we learnt of a step."""

    DESK = "desk", _("skrevet av oss")
    LETTER = "letter", _("på siden i brevet")
    PHONE = "phone", _("på telefon")


class ChangedBy(models.TextChoices):
    """Who changed the question, in plain words."""

    FIRST = "first", _("første forslag, skrevet av oss")
    GROUP = "group", _("endret av gruppa")
    SERVICE = "service", _("endret av tjenesten")
    GATHERING = "gathering", _("endret på en samling")
    TALK = "talk", _("endret etter en samtale")
    CITIZEN = "citizen", _("endret etter forslag fra en innbygger")
    EMPLOYEE = "employee", _("endret etter forslag fra en i tjenesten")


CONCERNED = (ChangedBy.GROUP, ChangedBy.GATHERING, ChangedBy.TALK, ChangedBy.CITIZEN)
"""Changes that came from those it concerns."""


class Channel(models.TextChoices):
    """How somebody wants to be reached."""

    CALL = "call", _("ring meg")
    SMS = "sms", _("send SMS")
    LETTER = "letter", _("send brev")
    VISIT = "visit", _("kom innom")
