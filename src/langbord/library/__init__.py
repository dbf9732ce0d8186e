"""Content as data, what a municipality adds and overrides, and the open library that needs no sign-in."""
