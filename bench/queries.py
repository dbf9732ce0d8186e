"""How many queries one page takes: `python -m bench.queries PERSONA PATH` prints the number.

All databases, session and user included; BEGIN, COMMIT, SAVEPOINT, RELEASE, SET and PRAGMA are not counted.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

import django

LEFT_OUT = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ", "PRAGMA")


def count(persona: str, path: str) -> int:
    """Queries of the second visit, so that nothing that is made once a process is counted."""
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from langbord.people.signin.models import PersonaKey

    entry = (
        PersonaKey.objects.unrestricted("the benchmark signs in as a persona")
        .select_related("person")
        .get(key=persona)
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(entry.person)
    client.get(path)
    with ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    return sum(
        not query["sql"].upper().startswith(LEFT_OUT)
        for capture in captured
        for query in capture.captured_queries
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langbord.config.settings")
    django.setup()
    print(count(sys.argv[1], sys.argv[2]))
