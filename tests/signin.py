"""Signing in, for tests that are not about it."""

from __future__ import annotations

from typing import Any

from django.test import Client


def sign_in(client: Client, person: Any) -> Client:
    """The client, signed in as the person, with the second factor passed. No limits of time."""
    client.force_login(person)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def signed_in(person: Any) -> Client:
    """A fresh client, signed in as the person."""
    return sign_in(Client(), person)
