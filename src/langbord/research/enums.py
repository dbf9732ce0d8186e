"""What a researcher did with somebody's words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Deed(models.TextChoices):
    OPENED = "opened", _("åpnet og leste")
    EXPORTED = "exported", _("hentet ut som fil")


class Voice(models.TextChoices):
    """From which side somebody speaks. A researcher needs it, and it names nobody."""

    CITIZEN = "citizen", _("Innbygger")
    HOST = "host", _("Vert")
    SERVICE = "service", _("Tjenesten")
