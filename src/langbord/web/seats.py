"""Geometry of the table seen from above: who sits where. Plain numbers in, plain numbers out, and the seats as SVG.

All lengths are units of the SVG's own view box. Nothing here reads the database or knows who may see what.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

_NUMBERS = (
    "0",
    gettext_lazy("én"),
    gettext_lazy("to"),
    gettext_lazy("tre"),
    gettext_lazy("fire"),
    gettext_lazy("fem"),
    gettext_lazy("seks"),
    gettext_lazy("sju"),
    gettext_lazy("åtte"),
    gettext_lazy("ni"),
    gettext_lazy("ti"),
    gettext_lazy("elleve"),
    gettext_lazy("tolv"),
)


def spoken(number: int) -> str:
    """A small number as a word, as people write it; larger ones as digits."""
    return str(_NUMBERS[number]) if 0 <= number < len(_NUMBERS) else str(number)


@dataclass(frozen=True)
class Seat:
    x: float
    y: float
    side: str
    """citizens, service, host or empty"""

    @property
    def mark(self) -> str:
        at = f'cx="{self.x}" cy="{self.y}"'
        pip = f'<circle class="pip" {at} r="5"/>' if self.side == "service" else ""
        radius = 12 if self.side == "host" else 13
        return f'<g class="seat" data-side="{self.side}"><circle {at} r="{radius}"/>{pip}</g>'


@dataclass(frozen=True)
class TableSeats:
    width: int
    table_x: int
    table_width: int
    seats: tuple[Seat, ...]
    sentence: str
    nobody: bool

    @property
    def marks(self) -> SafeString:
        """The seats as SVG. There are many, and a template takes long over each."""
        return mark_safe("".join(seat.mark for seat in self.seats))  # noqa: S308 (numbers and words of our own)


_STEP = 44  # between two seats on one side
_MOST_PER_SIDE = 7  # beyond this the picture grows wider instead of the seats smaller


def _mixed(citizens: int, service: int) -> list[str]:
    """Both sides spread evenly around the table, so that nobody sits in a block."""
    total = citizens + service
    placed, out = 0, []
    for number in range(total):
        due = round((number + 1) * citizens / total)
        out.append("citizens" if due > placed else "service")
        placed = due
    return out


def seats_around(citizens: int, service: int = 0, hosts: int = 0, *, parity: bool = True) -> TableSeats:
    """Where everybody sits, clockwise. Two hosts sit at the ends, more of them along the sides."""
    along = _mixed(citizens, service) + ["host"] * max(0, hosts - 2)
    nobody = not along and not hosts
    if nobody:
        along = ["empty"] * 6
    if not parity:
        along = ["citizens" if side == "service" else side for side in along]
    per_side = max(3, -(-len(along) // 2))
    width = 360 if per_side <= _MOST_PER_SIDE - 1 else per_side * _STEP + 116
    table_width = per_side * _STEP + 20
    table_x = (width - table_width) // 2
    seats = []
    top = -(-len(along) // 2)
    for number, side in enumerate(along):
        upper = number < top
        in_this_row = top if upper else len(along) - top
        in_row = number if upper else len(along) - 1 - number
        start = width / 2 - (in_this_row - 1) * _STEP / 2
        seats.append(Seat(round(start + in_row * _STEP, 1), 34 if upper else 136, side))
    ends = [(table_x - 20, 85), (table_x + table_width + 20, 85)]
    seats.extend(Seat(x, y, "empty" if nobody else "host") for x, y in ends[: 2 if nobody else hosts])
    return TableSeats(width, table_x, table_width, tuple(seats), _who_sits(citizens, service, hosts), nobody)


def _who_sits(citizens: int, service: int, hosts: int) -> str:
    parts = []
    if citizens:
        parts.append(ngettext("%(n)s innbygger", "%(n)s innbyggere", citizens) % {"n": spoken(citizens)})
    if service:
        parts.append(ngettext("%(n)s fra tjenesten", "%(n)s fra tjenesten", service) % {"n": spoken(service)})
    if hosts:
        parts.append(ngettext("%(n)s vert", "%(n)s verter", hosts) % {"n": spoken(hosts)})
    if not parts:
        return _("Bordet er ikke dekket ennå")
    sentence = ", ".join(parts[:-1]) + (f" {_('og')} " if len(parts) > 1 else "") + parts[-1]
    return sentence[0].upper() + sentence[1:]
