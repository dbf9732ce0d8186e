"""What a room's own word list holds on a person: that they explained a word. The words themselves lie in `rooms`."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy

from langbord.base.personal_data import Category, Holding, Register, Section, register


def export(person_id: UUID) -> list[Section]:
    """Nothing of its own: the words stand in the file among one's pieces."""
    return []


def declare() -> None:
    register(
        Register(
            app="stories",
            holdings=(
                Holding(
                    "stories.Explanation",
                    gettext_lazy("hvilket ord du har forklart"),
                    gettext_lazy("For at forklaringen skal stå ved ordet."),
                    (Category.TRACES,),
                    whose=("piece__author_id",),
                    process="piece__process_id",
                ),
            ),
            export=export,
        )
    )
