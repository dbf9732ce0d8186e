"""Who asks, and in which process: what the middleware and the declared access have put on the request. What is refused
looks like what does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404

from langbord.base.errors import NotAllowed

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from .actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request; anonymous when nobody is signed in. The actor, and not the lazy stand-in for it: pages ask
    it hundreds of things."""
    return cast("Actor", _on(request).actor.itself)


def process_id_of(request: HttpRequest) -> UUID:
    """The process whose page this is. Only on addresses declared with `in_process`; elsewhere a fault in the program."""
    return cast("UUID", _on(request).process_id)


def _on(request: HttpRequest) -> Any:
    """Django's type of a request does not know what middleware adds to it."""
    return request


@contextmanager
def refused_as_missing() -> Iterator[None]:
    """What a rule refuses looks like what does not exist."""
    try:
        yield
    except NotAllowed:
        raise Http404 from None


def or_missing(allowed: bool) -> None:
    """404 unless it is allowed."""
    if not allowed:
        raise Http404
