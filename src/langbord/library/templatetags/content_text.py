"""{% load content_text %}: texts of the library as HTML.

{{ point.about|told }}     paragraphs, lists (lines with "- "), links to where [[guide:key]] leads
"""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from langbord.library import kinds
from langbord.library.reading import LINK, Texts
from langbord.library.sources import short

register = template.Library()


@register.filter
def told(text: Texts | str | None) -> SafeString:
    """Paragraphs and lists. Only what we or the municipality wrote comes here; all of it is escaped."""
    raw = text.spoken() if isinstance(text, Texts) else str(text or "")
    blocks = [block for block in re.split(r"\n\s*\n", raw.strip()) if block.strip()]
    return format_html_join("\n", "{}", ((part,) for block in _joined(blocks) for part in [_block(block)]))


def _joined(blocks: list[str]) -> list[str]:
    """List items parted by blank lines are one list."""
    found: list[str] = []
    for block in blocks:
        if found and block.lstrip().startswith("- ") and found[-1].lstrip().startswith("- "):
            found[-1] += "\n" + block
        else:
            found.append(block)
    return found


def _block(block: str) -> SafeString:
    lead, *items = re.split(r"(?:^|\n)- ", block.strip())
    before = format_html("<p>{}</p>", linked(" ".join(lead.split()))) if lead.strip() else ""
    if not items:
        return mark_safe(before)  # noqa: S308  (made by format_html)
    points = format_html_join("", "<li>{}</li>", ((linked(" ".join(item.split())),) for item in items))
    return format_html("{}<ul>{}</ul>", before, points)


@register.filter
def linked(text: Texts | str) -> SafeString:
    """One line with its links, without a paragraph around it."""
    raw = text.spoken() if isinstance(text, Texts) else str(text)
    out, at = [], 0
    for link in LINK.finditer(raw):
        words = link["label"] or kinds.title_of(link["kind"], link["key"])
        address = kinds.address_of(link["kind"], link["key"])
        out.append(escape(raw[at : link.start()]))
        out.append(format_html('<a href="{}">{}</a>', address, words) if address else escape(words))
        at = link.end()
    return mark_safe("".join([*out, escape(raw[at:])]))  # noqa: S308  (each part is escaped)


@register.filter
def source_name(letter: str) -> str:
    """How one of the four texts is named beside what comes from it."""
    return short(letter)


@register.filter
def open_places(text: Texts | str) -> str:
    """A text with places to fill in, {question}, as three dots."""
    return re.sub(r"\{\w+\}", "…", text.spoken() if isinstance(text, Texts) else str(text))
