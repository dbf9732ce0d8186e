"""One way to answer 404 from a view."""

from __future__ import annotations

from django.http import Http404


def or_404(allowed: bool) -> None:
    """Raise the same 404 as for something that does not exist, unless allowed."""
    if not allowed:
        raise Http404
