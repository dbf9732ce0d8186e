"""Where a long text may be folded, so that what others said is not pushed off the page."""

from __future__ import annotations

import re

LONG = 600
"""A text of more signs than this is long, among others."""
SHORTEST, LONGEST = 120, 400
"""What is shown of it, at least and at most."""

_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n|(?<=[.!?…])\s"), re.compile(r"\s"))
"""Where, best first: after a paragraph, after a line or a sentence, between two words."""


def beginning(words: str) -> tuple[str, str]:
    """How a long text begins, and the rest; all of it and nothing, when it is not long. Nothing but space goes between them."""
    if len(words) <= LONG:
        return words, ""
    for sort in _BREAKS:
        found = [match.end() for match in sort.finditer(words, SHORTEST, LONGEST)]
        if found:
            return words[: found[-1]].rstrip(), words[found[-1] :].lstrip()
    return words[:LONGEST], words[LONGEST:]
