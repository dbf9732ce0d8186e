"""The first meeting between a citizen and an adviser: one list for two."""
