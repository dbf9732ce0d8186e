"""Refuses to start with content that is broken, and says in which file and on which line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from . import kinds

HINT = "docs/content.md shows how content is written."


@register("content")
def all_content_holds(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    broken = kinds.all_faults()
    if broken:
        return [Error(str(fault), hint=HINT, id="langbord.E001") for fault in broken]
    faults, remarks = kinds.own_faults()
    return [
        *(Error(str(fault), hint=HINT, id="langbord.E002") for fault in faults),
        *(Warning(str(remark), hint="It is kept. " + HINT, id="langbord.W001") for remark in remarks),
    ]
