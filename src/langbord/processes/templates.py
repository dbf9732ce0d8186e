"""Ways to begin, from content/templates/. Nothing in them binds; a process may change everything."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from langbord.library import content
from langbord.library.content import RoomPlan, Template
from langbord.library.reading import BrokenContent, Texts

TemplateBroken = BrokenContent
"""A template file that can't be used; the message names the file, the line and the place."""

__all__ = ["RoomPlan", "Template", "TemplateBroken", "all_templates", "in_language"]


def in_language(texts: Mapping[str, str] | Texts) -> str:
    """The text in the language now spoken; Bokmål where it is missing."""
    if isinstance(texts, Texts):
        return str(texts)
    return texts.get((get_language() or "nb")[:2]) or texts["nb"]


def all_templates() -> dict[str, Template]:
    """The templates by key, in the order in which they are offered."""
    return {template.key: template for template in content.templates()}
