"""Tells, when the product starts, of consent texts that are broken or not there. A missing language is no fault: that
purpose is simply not asked in it, and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Info, register

from . import texts


def declare() -> None:
    """Called once, at start-up."""
    register(consent_texts, "consent")


def consent_texts(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    broken: list[CheckMessage] = [
        Error(problem, hint="See docs/decisions/0013-consent.md.", id="consent.E001")
        for problem in texts.problems()
    ]
    if broken:
        return broken
    return [
        Info(
            f"the consent text «{purpose}» is not there in {language}",
            hint="It is not asked in that language until somebody writes it.",
            id="consent.I001",
        )
        for purpose, language in texts.missing()
    ]
