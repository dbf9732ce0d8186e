"""What later apps show on *Meg*. The lower app owns the list, the upper registers when it starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from langbord.access.actor import Actor

Panel = tuple[str, dict[str, Any]]
"""A template and what it is drawn with (as `panel`)."""

me_panels: list[Callable[[Actor], Panel | None]] = []
"""Called with the signed-in actor, in the order of the apps. At most two queries together: the page has its own."""
