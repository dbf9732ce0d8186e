"""Where a gate is opened for all rows, for the words check and the group's own list: file, reason, how often. Kept by hand."""

ALLOWED: dict[str, dict[str, int]] = {}

LOADS_RELATED: dict[str, int] = {}
