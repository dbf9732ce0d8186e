"""Every address declares who may come, per method; the declaration is executed before the view.

    urlpatterns = [
        route("s/<slug:process>/", views.desk, name="desk", get=in_process(Role.COORDINATOR)),
        route("inn/", views.sign_in, name="sign-in", get=PUBLIC, post=PUBLIC),
    ]

A method that is not declared answers 405. A member of no such process gets the same 404 as for one that does not exist.
Object-level questions are the view's: load with `get_visible_or_404`, write through actions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, path

from .asked import actor_of

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Declared:
    """Who may come to an address with one method. `check(request, kwargs)` raises Http404 to refuse."""

    name: str
    check: Callable[[HttpRequest, dict[str, Any]], None]
    public: bool = False


def _anyone(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    return None


def _signed_in(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if actor_of(request).person is None:
        raise Http404


def _operator(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if not actor_of(request).is_operator:
        raise Http404


PUBLIC = Declared("public", _anyone, public=True)
SIGNED_IN = Declared("signed in", _signed_in)
OPERATOR = Declared("operator", _operator)


def _sets_up(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if not actor_of(request).sets_up:
        raise Http404


SETS_UP = Declared("operator, or coordinator somewhere", _sets_up)
"""Who registers organisations and units: signs on doors, nothing about people."""


def in_process(*roles: str) -> Declared:
    """A member, now, of the process that the address names (keyword `process`: its slug), with one of the roles
    (any role if none is named). Puts the id of the process on the request (`asked.process_id_of`)."""

    def check(request: HttpRequest, kwargs: dict[str, Any]) -> None:
        actor = actor_of(request)
        sittings = [s for s in actor.sittings if s.process_slug == kwargs.get("process")]
        held = frozenset(s.role for s in sittings)
        if not sittings or (roles and held.isdisjoint(roles)):
            raise Http404
        request.process_id = sittings[0].process_id  # type: ignore[attr-defined]

    label = ", ".join(roles) if roles else "any role"
    return Declared(f"in the process: {label}", check)


def somewhere(*roles: str) -> Declared:
    """Somebody who has one of the roles in at least one process. The view must narrow it down."""

    def check(request: HttpRequest, kwargs: dict[str, Any]) -> None:
        actor = actor_of(request)
        if not any(sitting.role in roles for sitting in actor.sittings):
            raise Http404

    return Declared("somewhere: " + ", ".join(roles), check)


def route(
    pattern: str, view: View, *, name: str, get: Declared | None = None, post: Declared | None = None
) -> URLPattern:
    """A `path()` whose view runs only after its declaration was executed."""
    declared = {method: rule for method, rule in (("GET", get), ("POST", post)) if rule is not None}
    if not declared:
        raise ValueError(f"{pattern}: declare who may come.")

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else str(request.method)
        rule = declared.get(method)
        if rule is None:
            return HttpResponseNotAllowed(sorted(declared))
        rule.check(request, kwargs)
        response = view(request, *args, **kwargs)
        if not rule.public and isinstance(response, HttpResponse):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    guarded.declared = declared  # type: ignore[attr-defined]
    guarded.login_required = not all(rule.public for rule in declared.values())  # type: ignore[attr-defined]
    return path(pattern, guarded, name=name)
