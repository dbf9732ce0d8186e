"""Refuses to start with an address that does not declare who may come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def every_pattern(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All addresses of the product, with their whole pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from every_pattern(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry


@register("access")
def every_address_declares(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    return [
        Error(
            f"{pattern} does not declare who may come",
            hint="Use langbord.access.routes.route().",
            id="access.E001",
        )
        for pattern, entry in every_pattern()
        if not getattr(entry.callback, "declared", None)
    ]
