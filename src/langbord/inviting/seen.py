"""Two people at the same words: whoever saves last has seen what the first one wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from langbord.base.errors import NotNow


class ChangedMeanwhile(NotNow):
    """Somebody else saved since the page was loaded."""


def of(texts: Iterable[object]) -> str:
    """A short mark of texts as they stand, for a hidden field. It goes only to those who have the texts on the same page."""
    return hashlib.sha256("\0".join(map(str, texts)).encode()).hexdigest()[:32]


def check(held: object, said: Mapping[str, str], seen: str | None) -> None:
    """ChangedMeanwhile when what stands in `held` is neither what was on the page nor what is to be written. `seen` None:
    whoever writes has no page."""
    stands = [str(getattr(held, name)) for name in said]
    if seen is not None and stands != list(said.values()) and of(stands) != seen:
        raise ChangedMeanwhile()
