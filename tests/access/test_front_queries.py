"""The first pages of a citizen with everything, a notice from the telephone included, in few queries. The walk counts every
page; these two are those that each area adds to."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.access.test_walk import MOST_QUERIES
from tests.access.walker import Walker, rolled_back
from tests.access.world import build_world

CITIZEN = "citizen-2"


@pytest.mark.django_db(databases=["default", "vault"])
def test_the_first_pages_take_few_queries(db: Any) -> None:
    with rolled_back():
        walker = Walker(build_world(1), [CITIZEN])
        seen = {name: walker.ask(CITIZEN, "GET", reverse(name)).seen for name in ("home", "me")}
    too_many = {name: (one.count, one.queries) for name, one in seen.items() if one.count > MOST_QUERIES}
    assert all(one.count for one in seen.values())
    assert not too_many
