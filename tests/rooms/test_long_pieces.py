"""A long piece on the wall shows how it begins; nothing of it is lost, and it is whole wherever somebody reads it alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from langbord.web.folding import LONG, LONGEST, beginning
from tests.cast import Table
from tests.rooms.helpers import address, browser, wrote

SENTENCE = "Vi satt lenge på trappa og ventet på noen som kunne låse opp. "
STORY = SENTENCE * 8 + "\n\nTil slutt kom naboen, og hun hadde varm suppe med seg i en spann. " + SENTENCE * 4


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("Først dette.\n" * 10 + "\n\n" + SENTENCE * 12, "Først dette."),
        (SENTENCE * 12, "låse opp."),
        ("ord " * 300, "ord"),
        ("x" * 900, "x"),
    ],
)
def test_it_is_folded_where_one_would_draw_breath(words: str, ends: str) -> None:
    first, rest = beginning(words)
    assert first.endswith(ends)
    assert len(first) <= LONGEST
    assert rest
    assert (first + rest).replace(" ", "").replace("\n", "") == words.replace(" ", "").replace("\n", "")
    assert beginning(words[:LONG]) == (words[:LONG], "")


def test_the_wall_shows_how_it_begins_and_paper_all_of_it(table: Table) -> None:
    piece, short = wrote(table, "citizen", "peer", STORY), wrote(table, "citizen-2", "peer", "Hei på dere")
    wall = text_of(browser(table, "citizen-3").get(address(table, "peer")))
    card = wall[wall.index(f'id="b-{piece.pk}"') :]
    card = card[: card.index("</article>")]
    assert '<summary><span>Les hele</span><span class="ds-sr-only"> bidraget: Amina</span></summary>' in card
    inside = re.search(r'<details class="more rest no-print">.*?</details>', card, re.DOTALL)
    assert inside is not None
    assert "varm suppe" in inside[0]
    assert "varm suppe" not in card[: inside.start()]
    paper = card[card.index('<div class="words print-only">') :]
    assert STORY.strip() in paper
    other = wall[wall.index(f'id="b-{short.pk}"') :]
    assert "Les hele" not in other[: other.index("</article>")]


def test_the_page_of_the_piece_and_what_was_found_are_whole(table: Table) -> None:
    piece, client = wrote(table, "citizen", "peer", STORY), browser(table, "citizen")
    alone = client.get(f"/b/{piece.pk}/")
    found = client.post(address(table, "peer", "finn/"), {"words": "suppe"}, follow=True)
    for page in (text_of(alone), text_of(found)):
        assert "Les hele" not in page
        assert STORY.strip() in page
