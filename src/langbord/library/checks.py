"""Refuses to start with content that is broken, and says in which file and on which line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from . import kinds


@register("content")
def all_content_holds(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    return [
        Error(str(fault), hint="docs/content.md shows how content is written.", id="langbord.E001")
        for fault in kinds.all_faults()
    ]
