"""How long what signing in leaves behind is kept: nobody made it, so nobody is warned."""

from __future__ import annotations

from langbord.base import retention

from . import jobs


def register() -> None:
    retention.register_sweep("sign-in", waiting=jobs.waiting, sweep=jobs.tidy)
