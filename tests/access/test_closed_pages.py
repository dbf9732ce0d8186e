"""In a process that is over nobody meets a button that can only answer that it is over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from langbord.base import clock
from langbord.processes.keeping import actions as keeping
from langbord.vault import keys
from tests.access.world import World
from tests.signin import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

WRITES = {
    *(
        "room-write",
        "exchange",
        "rules",
        "door-answer",
        "door-open",
        "piece-edit",
        "carry-to",
        "minutes-wrong",
    ),
    *("task-new", "task-take", "task-done", "task-leave", "case-comment"),
    *(
        "point-talked",
        "point-carry",
        "point-date",
        "point-words",
        "point-aside",
        "point-again",
        "point-update",
    ),
    *("round-open", "talks-begin", "gathering-answer", "gathering-note"),
}
"""Forms that add to a process. Those for taking back, leaving, saying no and putting right stay."""
LEADS = {
    *("case-answer", "case-assign", "case-use", "case-came-back", "task-new", "piece-edit", "carry-to"),
    *("gathering-edit", "gathering-cancel", "gathering-new", "minutes-edit", "lab-new"),
}
"""Pages whose whole purpose is such a form. `share-draft` also says *let it be*: what it offers is looked at below."""
FORM = re.compile(r"<form[^>]*method=\"post\".*?</form>", re.S)
ACTION = re.compile(r"action=\"([^\"?#]*)")
LINK = re.compile(r"href=\"(/[^\"?#]*)")
BEGIN = ("/", "/gruppa/", "/fortell/")
AT_MOST = 70


def names_of(addresses: set[str]) -> set[str]:
    found = set()
    for address in addresses:
        try:
            found.add(resolve(address).url_name)
        except Resolver404:
            continue
    return found


def met(client: Client, slug: str, also: tuple[str, ...] = ()) -> tuple[set[str], set[str], str]:
    """Names of what forms are sent to, and of pages led to, over all pages of a process; and all that was read."""
    pages = re.compile(rf"^/(s/{slug}/(?!veileder/punkt)|b/|fortell/)")
    waiting, seen, sent, led, read = [*BEGIN, *also], set(), set(), set(), ""
    while waiting and len(seen) < AT_MOST:
        page = waiting.pop(0)
        if page in seen:
            continue
        seen.add(page)
        answer = client.get(page, follow=True)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        here = answer.request["PATH_INFO"]
        for form in FORM.findall(main):
            action = ACTION.search(form.partition(">")[0])
            sent.add(action.group(1) if action and action.group(1) else here)
        links = [link for link in LINK.findall(main) if pages.match(link)]
        led.update(links)
        waiting += links
        read += main
    return names_of(sent), names_of(led), read


@pytest.mark.parametrize("who", ["citizen", "host", "employee", "coordinator"])
def test_no_button_leads_to_a_closed_process(world: World, who: str) -> None:
    process = world.table.process
    client = signed_in(world.table.people[who])
    point = f"/s/{process.slug}/veileder/punkt/who-lives-with-it/"
    sent, led, _read = met(client, process.slug, (point,))
    assert (sent & WRITES) or (led & LEADS), "while it is open there is something to press"
    with keys.ring():
        keeping.close(
            actor=world.actor("coordinator"),
            process=process,
            reason="Vi er i mål.",
            goes_on=clock.today() + timedelta(days=90),
        )
    sent, led, read = met(client, process.slug, (point,))
    assert "Samskapinga er avsluttet" in read
    assert sent & WRITES == set()
    assert led & LEADS == set()
    assert "Del i " not in read
