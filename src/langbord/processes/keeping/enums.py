"""What becomes of the board when a process is over."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoardAfter(models.TextChoices):
    NAMELESS = "nameless", _("Behold tavla uten navn")
    AS_IS = "as_is", _("Behold tavla som den er")
    GOES = "goes", _("La tavla gå sammen med rommene")
