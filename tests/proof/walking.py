"""Opening pages as somebody does: along the links, from home, with the product's real settings. Django is imported when it is
used: the settings must be there first."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache
from typing import Any

from .canary import unpacked

PAGES_EACH = 30


def crawl(client: Any, opened: Counter[str]) -> dict[str, str]:
    """Pages by address, from home along the links, each time the kind of page that was `opened` least; at least
    PAGES_EACH, and all of a kind that nobody has opened before. None may fail."""
    waiting, pages = ["/"], {}
    while waiting:
        address = min(waiting, key=lambda one: opened[route_of(one)])
        if len(pages) >= PAGES_EACH and opened[route_of(address)]:
            break
        waiting.remove(address)
        if address in pages:
            continue
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 404), (address, answer.status_code)
        opened[route_of(address)] += 1
        pages[address] = text_of(content_of(answer))
        if answer["Content-Type"].startswith("text/html"):
            links = map(html.unescape, re.findall(r'href="(/[^"#]*)', pages[address]))
            waiting += [link for link in links if not link.startswith(("/static/", "/forlat"))]
    return pages


@cache
def route_of(address: str) -> str:
    """The name of the kind of page."""
    from django.urls import Resolver404, resolve

    try:
        return str(resolve(address.partition("?")[0]).view_name)
    except Resolver404:
        return address


def shown_routes() -> list[str]:
    """The names of all addresses that show something."""
    from django.urls import get_resolver

    found, waiting = [], list(get_resolver().url_patterns)
    while waiting:
        one: Any = waiting.pop()
        waiting += getattr(one, "url_patterns", [])
        if "GET" in getattr(getattr(one, "callback", None), "declared", {}):
            found.append(str(one.name))
    return found


def given(answer: Any) -> bool:
    return answer.status_code == 200 and len(content_of(answer)) > 0


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def text_of(content: bytes) -> str:
    """What it says, also inside files that are packed (Word, zip)."""
    return "\n".join(part.decode("utf-8", "replace") for _where, part in unpacked("", content))


def signed_in(person: Any) -> Any:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(person)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client
