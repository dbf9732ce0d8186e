"""Where a gate is opened for all rows, for working with the guide: file, reason, how often. Kept by hand."""

ALLOWED: dict[str, dict[str, int]] = {}

LOADS_RELATED: dict[str, int] = {}
