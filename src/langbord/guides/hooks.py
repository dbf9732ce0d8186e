"""What upper apps know about whether one can invite. The lower app owns the list, the upper registers when it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from langbord.access.actor import Actor
from langbord.processes.models import Process

Text = str | Promise


@dataclass(frozen=True)
class Found:
    """One thing one would like to have in place. why: why it matters, plainly. url, link: where one does something
    about it; none for whoever cannot."""

    ok: bool
    text: Text
    why: Text
    url: str = ""
    link: Text = ""


facts: list[Callable[[Actor, Process], list[Found]]] = []
"""At most three queries together."""
