"""How the journey begins: an empty installation, a process from the template with people in their seats, and another
process beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyotp

from . import behind
from .conftest import MovedClock
from .guests import Guest, Seen
from .intruders import Intruders

PROCESS, OTHER = "Et hjem å trives i", "Unge ved bordet"
GROUP, SECOND_GROUP, SERVICE = "Likemannsgruppa", "Fredagsgruppa", "Tjenesterommet"
JOINT = "Rundt bordet"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
PINS = {"Amina": "4711", "Bjarne": "8392", "Celine": "260914"}


class Table:
    """Who takes part, and what they have come to."""

    def __init__(self, javascript: bool, clock: MovedClock, new_guest: Callable[..., Guest]) -> None:
        self.clock, self.javascript, self._new_guest = clock, javascript, new_guest
        self.seen = Seen()
        self.intruders = Intruders(self.seen)
        self.guests: dict[str, Guest] = {}
        self.slug = ""
        self.secret = ""
        self.cards: dict[str, str] = {}

    def guest(self, name: str, **more: Any) -> Guest:
        if name not in self.guests:
            self.guests[name] = self._new_guest(name, javascript=self.javascript, seen=self.seen, **more)
        return self.guests[name]

    def at_work(self, name: str) -> Guest:
        """Somebody who has signed in with mail and code app, as Kari does for real below."""
        guest = self.guest(name)
        key = behind.session_of(behind.people_by_name()[name])
        guest.context.add_cookies([{"name": "langbord", "value": key, "url": guest.base}])
        return guest

    def everybody_tries(self, step: str) -> None:
        """The long rounds are without JavaScript: those who only ask the server need them once."""
        if self.javascript:
            self.intruders.try_new(step)
        else:
            self.intruders.try_each(step)

    # -- the steps, in order

    def empty_installation(self) -> None:
        """The first run: a code from the terminal, a link, a code app."""
        kari = self.guest("Kari")
        kari.go("/")
        kari.write(
            code=behind.terminal_code(),
            organisation="Fjordvik kommune",
            name="Kari",
            email="kari@fjordvik.test",
        )
        kari.write(units="Boligkontoret\nNAV Fjordvik")
        kari.press("Kom i gang")
        kari.press("Gå inn")
        kari.press("Begynn")
        self.secret = kari.page.locator("figure code").inner_text()
        kari.write(code=self.code_from_app())
        kari.press("Knytt appen til meg")
        kari.follow("Jeg har dem. Gå videre")
        kari.sees("Hei, Kari")

    def code_from_app(self) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.now())

    def sets_the_table(self) -> None:
        """A process from the template, and people in their seats; another process beside it."""
        behind.found_volunteer_centre("Fjordvik frivilligsentral", "Frivilligsentralen")
        kari = self.guest("Kari")
        self.slug = self.begin(PROCESS, "Et hjem skal være til å bo i.")
        self.open_room(SECOND_GROUP)
        for name in PINS:
            self.invite(name, "Innbygger", room=GROUP)
        self.invite("Vera", "Innbygger", room=GROUP)
        self.invite("Dina", "Innbygger", room=SECOND_GROUP)
        self.invite("Randi", "Vert", room=GROUP, unit="Frivilligsentralen", email="randi@sentralen.test")
        self.invite(
            "Harald", "Vert", room=SECOND_GROUP, unit="Frivilligsentralen", email="harald@sentralen.test"
        )
        self.invite(
            "Espen",
            "Offentlig ansatt",
            unit="NAV Fjordvik",
            power="bestemmer i saker",
            email="espen@nav.test",
        )
        self.invite("Petra", "Samarbeidspartner", email="petra@bolig.test")
        self.invite("Leif", "Leder", unit="Boligkontoret", email="leif@fjordvik.test")
        self.invite("Frida", "Følgeforsker", email="frida@hs.test")
        kari.sees(*PINS, "Randi", "Espen", "Petra", "Leif", "Frida")
        self.ends("Vera", "innbygger")

        other = self.begin(OTHER, "Et annet bord.")
        self.invite("Kjell", "Koordinator", slug=other, unit="Boligkontoret", email="kjell@fjordvik.test")
        self.invite("Oda", "Innbygger", slug=other, room=GROUP)
        self.invite(
            "Hans", "Vert", slug=other, room=GROUP, unit="Frivilligsentralen", email="hans@sentralen.test"
        )
        self.invite("Eva", "Offentlig ansatt", slug=other, unit="NAV Fjordvik", email="eva@nav.test")
        self.invite("Lars", "Leder", slug=other, unit="Boligkontoret", email="lars@fjordvik.test")
        self.invite("Rikke", "Følgeforsker", slug=other, email="rikke@hs.test")
        self.ends("Kari", "koordinator", slug=other)
        self._list_guests(other)

    def begin(self, name: str, purpose: str) -> str:
        kari = self.guest("Kari")
        kari.go("/")
        kari.follow("Samskaping", within="nav")
        kari.follow("Begynn en ny samskaping")
        kari.choose("template", "Likemenn først")
        kari.write(name=name, purpose=purpose)
        kari.choose("organisation", "Fjordvik kommune")
        kari.press("Begynn samskapinga")
        return kari.path.split("/")[2]

    def open_room(self, name: str) -> None:
        kari = self.guest("Kari")
        kari.follow("Åpne et rom til")
        kari.choose("kind", "likemannsrommet")
        kari.write(name=name)
        kari.press("Åpne rommet")

    def invite(
        self,
        name: str,
        role: str,
        *,
        slug: str = "",
        room: str = "",
        unit: str = "",
        power: str = "",
        email: str = "",
    ) -> None:
        kari = self.guest("Kari")
        if not kari.path.endswith("/folk/"):
            kari.go(f"/s/{slug or self.slug}/folk/")
        kari.follow("Ta med noen")
        kari.write(name=name)
        kari.choose("role", role)
        if room:
            kari.choose("room", room)
        if unit or power or email:
            kari.unfold("For dem som arbeider et sted")
            if unit:
                kari.choose("unit", unit)
            if power:
                kari.choose("case_power", power)
            kari.write(email=email)
        kari.press("Gi plass ved bordet")
        kari.sees(name)

    def ends(self, name: str, role: str, *, slug: str = "") -> None:
        kari = self.guest("Kari")
        kari.go(f"/s/{slug or self.slug}/folk/")
        kari.unfold(f"Endre for {name}")
        kari.tap(kari.page.locator("details[open]").get_by_role("link", name=f"Avslutt rollen som {role}"))
        kari.press("Avslutt rollen")

    def _list_guests(self, other: str) -> None:
        lists = self.intruders.guests
        lists.slug, lists.other_slug = self.slug, other
        lists.citizens, lists.hosts = frozenset(PINS), frozenset({"Randi"})
        lists.peer = lists.citizens | lists.hosts
        lists.second_hosts = frozenset({"Harald"})
        lists.second_group = lists.second_hosts | {"Dina"}
        lists.coordinator, lists.leaders, lists.researchers = (
            frozenset({"Kari"}),
            frozenset({"Leif"}),
            frozenset({"Frida"}),
        )
        lists.service = lists.coordinator | {"Espen", "Petra"}
        lists.members = lists.peer | lists.second_group | lists.service | lists.leaders | lists.researchers
        lists.answering = lists.citizens | {"Dina"} | lists.service | lists.leaders
        lists.other_coordinator, lists.other_hosts = frozenset({"Kjell"}), frozenset({"Hans"})
        lists.other_members = frozenset({"Kjell", "Oda", "Hans", "Eva", "Lars", "Rikke"})
        self.intruders.gather()
