"""A newcomer who has never done this: from the start page to a question that was changed once, a view of what is missing,
eight printed invitations and five answers, in under ten minutes. With JavaScript and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from langbord.inviting.actions import link_of
from langbord.inviting.models import Invitee
from langbord.people.signin.factor import qr_svg
from langbord.vault import keys
from tests.cast import TEST

from .conftest import MovedClock
from .guests import Guest
from .table import PHONE, Table

NAMES = ["Amina", "Bjarne", "Celine", "Dina", "Elias", "Fatuma", "Geir", "Hodan"]
SECONDS_A_PAGE, SECONDS_A_FIELD = 8, 12
"""Read a page and find where to press; fill a field in. Our estimate for somebody who types slowly."""


class Counted:
    """A guest whose fields are counted, as well as the taps."""

    def __init__(self, guest: Guest) -> None:
        self.guest, self.fields = guest, 0
        self._from = guest.taps

    def write(self, **fields: str) -> None:
        self.fields += len(fields)
        self.guest.write(**fields)

    def choose(self, name: str, label: str) -> None:
        self.fields += 1
        self.guest.choose(name, label)

    @property
    def taps(self) -> int:
        return self.guest.taps - self._from

    @property
    def minutes(self) -> float:
        return (self.taps * SECONDS_A_PAGE + self.fields * SECONDS_A_FIELD) / 60


def links() -> dict[str, tuple[str, str]]:
    """What stands on each paper: the address in the QR and the code, by first name."""
    with keys.ring():
        rows = list(Invitee.objects.unrestricted(TEST))
        return {str(row.name): (link_of(row), str(row.code)) for row in rows}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_the_start_page_to_five_answers(
    javascript: bool, moved_clock: MovedClock, new_guest: Callable[..., Guest]
) -> None:
    table = Table(javascript, moved_clock, new_guest)
    table.empty_installation()
    kari = table.guest("Kari")
    kari.go("/")
    desk = Counted(kari)

    # A process.
    kari.follow("Samskaping", within="nav")
    kari.follow("Begynn en ny samskaping")
    desk.choose("template", "Likemenn først")
    desk.write(name="Et hjem å trives i", purpose="Hva er en god bolig?")
    kari.press("Begynn samskapinga")
    slug = kari.path.split("/")[2]
    kari.follow("Et hjem å trives i")

    # What is missing, before anything is there.
    kari.follow("Spørre folk inn")
    kari.sees("Gjør dette først", "Ingen har skrevet hva det gjelder")

    # The question, changed once.
    kari.follow("Skriv det første forslaget")
    kari.follow("Skriv det første forslaget")
    kari.press("Lagre")
    kari.sees("Hva er en god bolig?")
    kari.follow("Endre ordene")
    desk.write(text="Hva er et hjem å trives i?", why="Tre mødre sa at bolig bare er vegger")
    desk.choose("changed_by", "endret etter en samtale")
    kari.press("Lagre")
    kari.sees("Hva er et hjem å trives i?", "Tre mødre sa at bolig bare er vegger", "Versjon 2")

    # What is missing now; and who is not here.
    kari.follow("Et hjem å trives i")
    kari.follow("Spørre folk inn")
    kari.sees(
        "Dette mangler også", "For få innbyggere til at noen kan bli borte", "Det er ikke skrevet noe brev"
    )
    kari.follow("Tenk høyt om hvem")
    desk.write(not_here="De som nettopp har flyttet hit")
    kari.press("Lagre")

    # Eight people, by first name.
    kari.follow("Skriv opp noen til")
    desk.write(names="\n".join(NAMES))
    kari.press("Skriv opp")
    kari.sees(*NAMES)

    # A letter, and eight sheets.
    kari.follow("Skriv et brev")
    desk.choose("kind", "Til familier")
    desk.write(phone="99 00 00 00")
    kari.press("Lag brevet")
    assert "Hva er et hjem å trives i?" in kari.page.locator("textarea[name=text]").input_value()
    kari.press("Skriv ut")
    kari.press("Lag arkene")
    assert kari.page.locator("article.letter-sheet").count() == 8
    assert kari.page.locator("article.letter-sheet svg.qr").count() == 8
    _printed_on_eight_sheets(kari)
    papers = links()
    for sheet in kari.page.locator("article.letter-sheet").all():
        name = (sheet.locator("h2").text_content() or "").removeprefix("Hei, ").strip()
        address, code = papers[name]
        # The square on the paper is the one that leads to this person's letter.
        drawn = sheet.locator("svg.qr path").last.get_attribute("d")
        assert drawn is not None
        assert drawn in qr_svg(address, "")
        assert code in (sheet.text_content() or "")
    kari.press("Brevene er delt ut")
    kari.sees("Dere er i gang")

    # Three answer on a phone of their own: two by the square, one by typing the code.
    for name, said in (
        ("Amina", "Ja, jeg vil være med"),
        ("Bjarne", "Nei takk"),
        ("Celine", "Ja, jeg vil være med"),
    ):
        phone = new_guest(name, javascript=javascript, seen=table.seen, **PHONE)
        if name == "Celine":
            phone.go("/i/")
            phone.write(code=papers[name][1])
            phone.press("Åpne brevet")
        else:
            phone.go(papers[name][0])
        phone.sees(f"Hei, {name}", "Hva er et hjem å trives i?")
        phone.choose("answer", said)
        phone.press("Send svaret")
        phone.sees("Takk for svaret")
        assert phone.taps <= 3
        assert not phone.complaints, phone.complaints

    # Two answer when Kari rings.
    for name, said in (("Dina", "Ja, jeg vil være med"), ("Elias", "Ikke nå, kanskje senere")):
        kari.go(f"/s/{slug}/invitere/")
        kari.follow(f"Ring {name}")
        kari.sees("Hva er et hjem å trives i?")
        desk.choose("answer", said)
        kari.press("Lagre svaret")

    kari.sees("3 har sagt ja", "3 kan ennå svare")
    print(f"\n{desk.taps} pages, {desk.fields} fields, about {desk.minutes:.1f} minutes of work at the desk")
    assert desk.minutes < 10
    assert not kari.complaints, kari.complaints


def _printed_on_eight_sheets(kari: Any) -> None:
    """On paper each letter is a sheet of its own, and nothing but letters is printed."""
    kari.page.emulate_media(media="print")
    starts = kari.page.locator("article.letter-sheet").evaluate_all(
        "nodes => nodes.map(node => getComputedStyle(node).breakBefore)"
    )
    assert starts == ["auto", *["page"] * 7]
    assert not kari.page.locator("main .no-print").first.is_visible()
    import re

    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", kari.page.pdf(format="A4"))
    assert len(sheets) == 8, f"{len(sheets)} sheets of paper"
    kari.page.emulate_media(media="screen")
