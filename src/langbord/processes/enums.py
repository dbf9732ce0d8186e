"""Phases, for orientation only (Nabatchi, in Stokke, Skarli and Hagaseth 2023)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    INITIATE = "initiate", _("komme i gang")
    DESIGN = "design", _("utforme")
    DELIVER = "deliver", _("gjøre")
    EVALUATE = "evaluate", _("se tilbake")
