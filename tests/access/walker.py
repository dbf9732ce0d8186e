"""Asks for pages as each member of the cast, and notes all that could tell something: body, headers, writes, queries."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections, transaction
from django.test import Client
from django.urls import URLPattern

from langbord.access.checks import every_pattern
from langbord.people.models import Person
from tests.access.world import World
from tests.cast import TEST

BOTH = ("default", "vault")
FRAME = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|PRAGMA)\b", re.IGNORECASE)
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)\"?", re.IGNORECASE)
TOKEN = re.compile(r"[A-Za-z0-9]{64}")
MAY_BE_WRITTEN = {"django_session", "research_alias", "research_opening"}
"""What a GET may write: the session's own time, and that a researcher opened somebody's words (with the number they are
shown under). Nothing that people made or decided."""


@dataclass
class Seen:
    """What the databases were asked while something ran."""

    queries: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len([sql for sql in self.queries if not FRAME.match(sql)])

    @property
    def written(self) -> set[str]:
        """Tables that were written to, but for the session's."""
        hits = (WRITES.match(sql) for sql in self.queries)
        return {hit[2] for hit in hits if hit} - MAY_BE_WRITTEN


@contextmanager
def watched() -> Iterator[Seen]:
    seen = Seen()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.queries.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in BOTH:
            stack.enter_context(connections[alias].execute_wrapper(note))
        yield seen


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever happens inside has not happened, in both databases."""
    with ExitStack() as stack:
        for alias in BOTH:
            stack.enter_context(_atomic(alias))
        yield
        for alias in BOTH:
            transaction.set_rollback(True, using=alias)


def _atomic(alias: str) -> Any:
    """The vault refuses to work inside a transaction of others; one of the suite's own is excepted by Django's mark."""
    block = transaction.atomic(using=alias)
    block._from_testcase = True  # type: ignore[attr-defined]
    return block


@dataclass
class Answer:
    """One response, with all of its words. `told`: body and headers, where the address itself is left out."""

    status: int
    location: str
    body: str
    headers: str
    seen: Seen
    fault: str

    @property
    def told(self) -> str:
        return self.headers + "\n" + self.body

    def plain(self, path: str) -> str:
        """The body without form tokens and without the address that was asked for."""
        return TOKEN.sub("token", self.body).replace(path, "/adressen/").replace(' aria-current="page"', "")


def patterns() -> dict[str, tuple[str, URLPattern]]:
    """All addresses of the product by name, with their whole pattern."""
    found: dict[str, tuple[str, URLPattern]] = {}
    for text, pattern in every_pattern():
        assert pattern.name, f"{text} has no name"
        assert pattern.name not in found, f"two addresses are called {pattern.name}"
        found[pattern.name] = (text, pattern)
    return found


def _nothing(*args: Any, **kwargs: Any) -> None:
    pass


class Walker:
    """One client for each member of the cast, signed in without a PIN, and set back before every request."""

    def __init__(self, world: World, cast: list[str] | None = None, **session: Any) -> None:
        self.world = world
        self.asked = 0
        self._keys: dict[str, str] = {}
        self._client = Client(raise_request_exception=False)
        store = import_module(settings.SESSION_ENGINE).SessionStore
        for name in cast or world.table.cast:
            if name == "anonymous":
                continue
            person = Person.objects.unrestricted(TEST).get(pk=world.table.people[name].pk)
            own = store()
            own[SESSION_KEY] = str(person.pk)
            own[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            own[HASH_SESSION_KEY] = person.get_session_auth_hash()
            own["second_factor"] = True
            own.update(session)
            own.save()
            self._keys[name] = own.session_key

    def ask(self, name: str, method: str, path: str, data: Any = None, follow: bool = False) -> Answer:
        """The request as this person. With `follow`, a redirect to ourselves is followed once and its page added."""
        self._client.cookies.clear()
        if name != "anonymous":
            self._client.cookies[settings.SESSION_COOKIE_NAME] = self._keys[name]
        answer = self._send(method, path, data)
        if follow and answer.location.startswith("/"):
            after = self._send("GET", answer.location, None)
            answer.body += after.body
            answer.fault = answer.fault or after.fault
            answer.headers += after.headers
        return answer

    def _send(self, method: str, path: str, data: Any) -> Answer:
        self.asked += 1
        send = getattr(self._client, method.lower())
        logging.disable(logging.CRITICAL)  # a fault is told by the walk, once
        try:
            # What a page was made from is not looked at here, and keeping it takes a copy of every template's context.
            with watched() as seen, patch("django.test.client.store_rendered_templates", _nothing):
                response = send(path, data) if data is not None else send(path)
        finally:
            logging.disable(logging.NOTSET)
        fault = ""
        if getattr(response, "exc_info", None):
            fault = f"{response.exc_info[0].__name__}: {response.exc_info[1]}"
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = "\n".join(f"{key}: {value}" for key, value in response.items())
        headers += "\n" + response.cookies.output()
        return Answer(
            response.status_code,
            response.get("Location", ""),
            body.decode("utf-8", "replace"),
            headers,
            seen,
            fault,
        )
