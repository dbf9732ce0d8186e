"""Geometry of the process as a picture: tracks, dots, months, the door. Plain numbers in, plain numbers out;
what there is much of, as SVG.

All lengths are units of the SVG's own view box. Nothing here reads the database or knows who may see what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from langbord.base.dates import written
from langbord.web.seats import spoken


@dataclass(frozen=True)
class Dot:
    """A gathering: held, or planned."""

    on: date
    label: str
    planned: bool = False


@dataclass(frozen=True)
class Track:
    """A line of the process. side: citizens, service or joint (joint runs after the door, or alone when there is none)."""

    label: str
    side: str
    dots: Sequence[Dot] = ()


@dataclass(frozen=True)
class Door:
    """The door. `opened_on` is empty while it is not open: nobody is told how many wait behind it."""

    opened_on: date | None = None


@dataclass(frozen=True)
class ProcessPicture:
    """What `{% process_picture %}` draws. `start` and `end` bound the time shown; `now` draws nothing after itself as held.

    Two tracks with a door meet; without a door each track runs on. Dots outside start–end are put at the edge.
    """

    start: date
    end: date
    tracks: Sequence[Track]
    door: Door | None = None


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class DrawnDot:
    x: float
    y: float
    side: str
    planned: bool

    @property
    def mark(self) -> str:
        planned = " data-planned" if self.planned else ""
        return f'<circle class="dot" data-side="{self.side}"{planned} cx="{self.x}" cy="{self.y}" r="10"/>'


@dataclass(frozen=True)
class Line:
    d: str
    side: str
    planned: bool = False


@dataclass(frozen=True)
class TableRow:
    on: str
    track: str
    what: str


@dataclass
class Drawn:
    """One drawing. `upright` is for phones: time runs downwards, so that the words keep their size."""

    upright: bool = False
    width: int = 620
    height: int = 240
    months: list[Label] = field(default_factory=list)
    grid: list[str] = field(default_factory=list)
    names: list[Label] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    dots: list[DrawnDot] = field(default_factory=list)
    door: Label | None = None
    door_open: bool = False
    door_words: Label | None = None
    door_note: Label | None = None

    @property
    def marks(self) -> SafeString:
        """The dots as SVG, for the same reason as the seats."""
        return mark_safe("".join(dot.mark for dot in self.dots))  # noqa: S308 (numbers and words of our own)


@dataclass(frozen=True)
class Drawings:
    """The same process lying and upright, in words, and as rows of a table."""

    lying: Drawn
    upright: Drawn
    sentence: str
    rows: list[TableRow]


_LEFT, _RIGHT = 24.0, 604.0  # where the time axis begins and ends
_LETTER = 8.0  # the width of one letter of a month's name
_BOLD = 9.2  # and of one in what is said of the door
_BEND = 74.0  # how long before the door the lines begin to bend towards each other
_FIRST = 84.0  # the first track's place across the time axis


def draw_process(picture: ProcessPicture) -> Drawings:
    """Place lines, dots, months and the door. Time runs evenly before the door, and evenly after it."""
    opened = picture.door.opened_on if picture.door else None
    return Drawings(
        _Drawing(picture, upright=False).out,
        _Drawing(picture, upright=True).out,
        _sentence(picture, opened),
        _rows(picture),
    )


class _Drawing:
    """Works in two measures, along (time) and across (tracks), and turns them into x and y at the very end."""

    def __init__(self, picture: ProcessPicture, *, upright: bool) -> None:
        self.picture, self.upright = picture, upright
        self.opened = picture.door.opened_on if picture.door else None
        apart = [t for t in picture.tracks if t.side != "joint"]
        self.joint = next((t for t in picture.tracks if t.side == "joint"), None)
        self.meets = picture.door is not None and bool(apart)
        self.shown = apart if self.meets else list(picture.tracks)
        self.gap = 96.0 if len(self.shown) < 3 else 70.0
        self.middle = _FIRST + (len(self.shown) - 1) * self.gap / 2
        self.door_at = _RIGHT - 58
        if self.opened:
            share = (self.opened - picture.start).days / max(1, (picture.end - picture.start).days)
            self.door_at = _LEFT + min(max(share, 0.45), 0.86) * (_RIGHT - _LEFT)
        self.out = Drawn(upright=upright, door_open=self.opened is not None)
        if upright:
            self.out.width, self.out.height = 360, 500
        else:
            self.out.height = int(
                _FIRST + (len(self.shown) - 1) * self.gap + 66 + (30 if len(self.shown) == 1 else 0)
            )
        self._tracks()
        if self.meets:
            self._door()
        self._months()

    def _xy(self, along: float, across: float) -> tuple[float, float]:
        if not self.upright:
            return round(along, 1), round(across, 1)
        spread = 0.0 if len(self.shown) < 2 else (across - self.middle) / (self.gap * (len(self.shown) - 1))
        return round(215 + spread * (150 if len(self.shown) < 3 else 180), 1), round(
            52 + (along - _LEFT) * 0.72, 1
        )

    def _point(self, along: float, across: float) -> str:
        return "{:g} {:g}".format(*self._xy(along, across))

    def _at(self, day: date) -> float:
        start, end = self.picture.start, self.picture.end
        first, last = _LEFT + 16, _RIGHT - 20
        if self.meets and self.opened:
            if day > self.opened:
                share = (day - self.opened).days / max(1, (end - self.opened).days)
                return min(self.door_at + 26 + share * (_RIGHT - self.door_at - 40), _RIGHT - 12)
            last, end = self.door_at - 24, self.opened
        elif self.meets:
            last = self.door_at - _BEND - 10
        share = (day - start).days / max(1, (end - start).days)
        return min(max(first + share * (last - first), first), last)

    def _tracks(self) -> None:
        for number, track in enumerate(self.shown):
            across = _FIRST + number * self.gap
            below = across > self.middle
            if self.upright:
                self.out.names.append(Label(self._xy(_LEFT, across)[0], 28, str(track.label)))
            else:
                self.out.names.append(Label(_LEFT, across + 38 if below else across - 24, str(track.label)))
            path = f"M{self._point(_LEFT, across)}"
            if self.meets:
                edge = self.middle + (12 if below else -12 if across < self.middle else 0)
                path += f"L{self._point(self.door_at - _BEND, across)}"
                path += f"Q{self._point(self.door_at - 24, across)} {self._point(self.door_at - 5, edge)}"
            else:
                path += f"L{self._point(_RIGHT, across)}"
            self.out.lines.append(Line(path, track.side))
            self._dots(track, across, bends=self.meets)

    def _dots(self, track: Track, across: float, *, bends: bool) -> None:
        for dot in track.dots:
            along, place = self._at(dot.on), across
            straight = self.door_at - _BEND
            if bends and along > straight:  # follow the line as it bends towards the door
                along = min(along, self.door_at - 30)
                share = (along - straight) / (_BEND - 5)
                place += (self.middle - across) * share * share * 0.88
            self.out.dots.append(DrawnDot(*self._xy(along, place), track.side, dot.planned))

    def _door(self) -> None:
        x, y = self._xy(self.door_at, self.middle)
        words = _("Døra åpnet") if self.opened else _("Døra er ikke åpen ennå")
        self.out.door = Label(*((x - 17, y - 7) if self.upright else (x - 7, y - 17)), words)
        path = f"M{self._point(self.door_at + 9, self.middle)}L{self._point(_RIGHT + 4, self.middle)}"
        self.out.lines.append(Line(path, "joint", planned=not self.opened))
        fits = self.out.width - len(words) * _BOLD  # the words end within the picture, in every language
        if self.upright:
            at_door = min(x + 20, fits)
            self.out.door_words = Label(at_door, y + 32, words) if self.opened else Label(8, y + 34, words)
        elif self.opened:
            self.out.door_words = Label(min(x - 6, 500, fits), y + 54, words)
        else:  # longer words: under the lower line
            below = max(_FIRST + (len(self.shown) - 1) * self.gap + 38, y + 54)
            self.out.door_words = Label(min(424, fits), below, words)
        if self.opened:
            at = self.out.door_words
            self.out.door_note = Label(at.x, at.y + 21, written(self.opened, "j. F"))
            if self.joint:
                self._dots(self.joint, self.middle, bends=False)

    def _months(self) -> None:
        """One line a month, at most six; a name that does not fit is moved, shortened, then left out."""
        start, end = self.picture.start, self.picture.end
        count = (end.year - start.year) * 12 + end.month - start.month + 1
        free = -1000.0  # where the last name ended
        for number in range(0, count, -(-count // 6)):
            month = date(
                start.year + (start.month - 1 + number) // 12, (start.month - 1 + number) % 12 + 1, 1
            )
            along, name = self._at(max(month, start)), date_format(month, "F")
            x, y = self._xy(along, _FIRST)
            if self.upright:
                if y < free:
                    continue
                self.out.months.append(Label(4, y + 5, name))
                self.out.grid.append(f"M{len(name) * _LETTER + 12:g} {y:g}H350")
                free = y + 26
            else:
                begins = min(x, self.out.width - len(name) * _LETTER)  # the last name ends within the picture
                if begins < free:
                    name = date_format(month, "M").rstrip(".")
                    begins = min(x, self.out.width - len(name) * _LETTER)
                if begins < free or x > _RIGHT - 34:
                    continue
                self.out.months.append(Label(begins, 24, name))
                self.out.grid.append(f"M{x:g} 34V{self.out.height - 22}")
                free = begins + len(name) * _LETTER + 6


def _rows(picture: ProcessPicture) -> list[TableRow]:
    found: list[tuple[date, str, str]] = []
    for track in picture.tracks:
        for dot in track.dots:
            what = _("%(what)s (planlagt)") % {"what": dot.label} if dot.planned else str(dot.label)
            found.append((dot.on, str(track.label), what))
    if picture.door and picture.door.opened_on:
        found.append((picture.door.opened_on, "", _("Døra åpnet")))
    return [TableRow(written(on, "j. F Y"), track, what) for on, track, what in sorted(found)]


def _sentence(picture: ProcessPicture, opened: date | None) -> str:
    """The picture in words, for those who do not see it."""
    parts = []
    for track in picture.tracks:
        held = sum(not d.planned for d in track.dots)
        parts.append(
            ngettext("%(track)s: %(n)s samling", "%(track)s: %(n)s samlinger", held)
            % {"track": track.label, "n": spoken(held) if held else _("ingen")}
        )
    if picture.door:
        parts.append(
            _("Døra åpnet %(date)s") % {"date": written(opened, "j. F")}
            if opened
            else _("Døra er ikke åpen ennå")
        )
    return ". ".join(parts)
