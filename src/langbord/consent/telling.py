"""Telling later apps that a yes is gone."""

from __future__ import annotations

from uuid import UUID

from . import asking, hooks


def one(person_id: UUID, purpose: str, process_id: UUID) -> None:
    """One purpose was taken back, or ran out."""
    for hook in hooks.after_withdrawal:
        hook(person_id, purpose, process_id)


def all_that_is_gone(person_id: UUID, process_id: UUID) -> None:
    """Who may answer has changed (an adult, an age), so any yes may be gone: all that is not a yes now is told."""
    if not hooks.after_withdrawal:
        return
    for purpose, state in asking.own_states(person_id, [process_id]).get(process_id, {}).items():
        if not state.says_yes:
            one(person_id, purpose, process_id)
