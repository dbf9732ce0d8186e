"""The components of the look. Each refuses an argument it does not know when the template is compiled.

docs/look.md shows how to use them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from langbord.base import clock, dates
from langbord.web.folding import beginning
from langbord.web.icons import SHAPES
from langbord.web.pictures import ProcessPicture, draw_process
from langbord.web.seats import seats_around

register = template.Library()

STATUS_KINDS = ("done", "trying", "wait", "plain")
BUTTON_KINDS = ("main", "second", "quiet", "danger")
CARD_TONES = ("", "soft", "wait", "glow", "calm")


def _one_of(what: str, value: str, allowed: Iterable[str]) -> str:
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _draw(component: str, /, **context: Any) -> SafeString:
    return mark_safe(get_template(f"components/{component}.html").render(context))  # noqa: S308 (escaped in the template)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon. Always put its word beside it."""
    if name not in SHAPES:
        raise template.TemplateSyntaxError(f"no icon called {name!r}; there are {', '.join(sorted(SHAPES))}")
    return mark_safe(  # noqa: S308 (only our own shapes)
        f'<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">{SHAPES[name]}</svg>'
    )


@register.simple_tag
def mark() -> SafeString:
    """The mark: a long table seen from above."""
    return _draw("mark")


@register.simple_tag
def button(
    label: str,
    *,
    href: str = "",
    kind: str = "main",
    icon: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    pressed: bool | None = None,
    wide: bool = False,
) -> SafeString:
    """A button, or a link that looks like one when `href` is given. One `main` a page."""
    _one_of("button kind", kind, BUTTON_KINDS)
    return _draw(
        "button",
        label=label,
        href=href,
        kind=kind,
        icon=icon,
        name=name,
        value=value,
        form=form,
        pressed=pressed,
        wide=wide,
    )


@register.simple_tag
def status(text: str, *, kind: str = "plain") -> SafeString:
    """A word for where something stands: done and trying are green, wait is oak, plain is grey. The word says it all."""
    _one_of("status kind", kind, STATUS_KINDS)
    return format_html('<span class="ds-tag status" data-kind="{}">{}</span>', kind, text)


@register.simple_block_tag
def card(
    content: SafeString, *, heading: str = "", level: int = 2, tone: str = "", id: str = ""
) -> SafeString:
    """`{% card heading="…" %}…{% endcard %}`. Tones: soft (green), wait (oak), glow (a win), calm (no paper)."""
    _one_of("card tone", tone, CARD_TONES)
    _one_of("card level", str(level), ("2", "3", "4"))
    return _draw("card", content=content, heading=heading, level=level, tone=tone, id=id)


@register.simple_block_tag
def whisper(content: SafeString) -> SafeString:
    """Something worth a thought, in a corner, for somebody who can do something about it."""
    return format_html('<aside class="whisper">{}</aside>', content)


@register.simple_block_tag
def more(content: SafeString, summary: str, *, open: bool = False, icon: str = "") -> SafeString:
    """`{% more "Vis mer" %}…{% endmore %}`: something one tap away, also without JavaScript."""
    return _draw("more", content=content, summary=summary, open=open, icon=icon)


@register.simple_block_tag
def rows(content: SafeString) -> SafeString:
    """`{% rows %}{% row "Når" when %}…{% endrows %}`."""
    return format_html('<dl class="rows">{}</dl>', content)


@register.simple_tag
def row(term: str, value: Any, *, href: str = "", link: str = "") -> SafeString:
    """One line of `rows`; `link` is what can be done about it, e.g. «Endre»."""
    return _draw("row", term=term, value=value, href=href, link=link)


@register.simple_tag
def confirm_list(items: Iterable[Any], *, icon: str = "check") -> SafeString:
    """What somebody says yes to, or who will be able to read: before they confirm. Items are texts, or pairs of text and
    a quieter note."""
    pairs = [
        (item, "") if isinstance(item, str) or not isinstance(item, (tuple, list)) else item for item in items
    ]
    return _draw("confirm_list", items=pairs, icon=icon)


@register.simple_tag(name="empty_state")
@register.simple_tag(name="empty")
def empty(text: str = "", *, more: str = "", href: str = "", link: str = "") -> SafeString:
    """Nothing here yet: an empty table, a sentence, and perhaps the first step.

    Inside `{% for %}` write `empty_state`: there `empty` is Django's own word.
    """
    return _draw("empty", text=text or _("Bordet er ikke dekket ennå"), more=more, href=href, link=link)


@register.simple_tag
def long_table(
    *, citizens: int = 0, service: int = 0, hosts: int = 0, parity: bool = True, caption: bool = True
) -> SafeString:
    """The table seen from above with everybody who sits there. The same seat for all; `parity=False` one colour too."""
    return _draw("long_table", table=seats_around(citizens, service, hosts, parity=parity), caption=caption)


@register.simple_tag
def process_picture(picture: ProcessPicture) -> SafeString:
    """Two tracks that meet at a door and become one table, with the same in a table one tap away."""
    return _draw("process_picture", drawn=draw_process(picture))


def _trimmed(content: SafeString) -> SafeString:
    """An empty middle is nothing at all; stripping alone would lose that the markup is safe."""
    return mark_safe(content.strip())  # noqa: S308 (rendered by the template engine already)


def _piece_facts(piece: Any, room: str, process: str) -> dict[str, Any]:
    """What every element that shows a piece must carry, so that tests can see which walls it stands behind."""
    kind = room or getattr(piece, "room_label", "")
    if not kind:
        kind = "draft" if getattr(piece, "room_id", None) is None else piece.room.kind
    return {
        "id": str(piece.id),
        "key": str(piece.id),
        "room": kind,
        "process": process or getattr(piece, "process_slug", "") or piece.process.slug,
    }


@register.simple_block_tag
def piece_card(
    content: SafeString,
    piece: Any,
    *,
    by: str = "",
    when: datetime | None = None,
    text: str | None = None,
    kind: str = "",
    href: str = "",
    readers: str = "",
    readers_href: str = "",
    listen: bool = False,
    room: str = "",
    process: str = "",
    fold: bool = False,
) -> SafeString:
    """A piece in its author's own words: `{% piece_card piece by="Amina" %}…buttons…{% endpiece_card %}`.

    `room` (its kind) and `process` (its slug) are read from the piece when not given (`room_label`, `process_slug`).
    `readers` is the sentence that says who can read it; it lies one tap away. `fold`: where many hang beside each other, a
    long one shows its beginning; the rest is one tap away, and on paper it is whole.
    """
    words = str(piece.body if text is None else text)
    begins, rest = beginning(words) if fold else (words, "")
    shown = (
        when
        if when is not None
        else (getattr(piece, "shared_at", None) or getattr(piece, "created_at", None))
    )
    return _draw(
        "piece_card",
        content=_trimmed(content),
        piece=_piece_facts(piece, room, process),
        text=words,
        begins=begins,
        rest=rest,
        by=by,
        when=shown,
        iso=shown.astimezone(clock.OSLO).isoformat() if shown is not None else "",
        kind=kind,
        href=href,
        readers=readers,
        readers_href=readers_href,
        listen=listen,
    )


@register.simple_block_tag(takes_context=True)
def gathering_card(
    context: Context,
    content: SafeString,
    *,
    when: str,
    place: str = "",
    food: str = "",
    hosts: str = "",
    answer: str = "",
    answer_url: str = "",
    needs_url: str = "",
    href: str = "",
    once: str = "",
    back: str = "",
    level: int = 3,
    quiet: bool = False,
) -> SafeString:
    """The next gathering, with three answers in one tap. `answer` is coming, cannot, unsure or empty (not answered).

    The buttons post `answer` to `answer_url`. `when` is said as people say it: «I morgen klokka 17 til 19».
    `quiet` when another card on the page has the main button.
    """
    _one_of("answer", answer, ("", "coming", "cannot", "unsure"))
    return _draw(
        "gathering_card",
        content=_trimmed(content),
        when=when,
        place=place,
        food=food,
        hosts=hosts,
        answer=answer,
        answer_url=answer_url,
        needs_url=needs_url,
        href=href,
        once=once,
        back=back,
        level=level,
        quiet=quiet,
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_block_tag
def said_happened(
    content: SafeString,
    *,
    said: str,
    status: str,
    kind: str = "wait",
    happened: str = "",
    who: str = "",
    href: str = "",
    piece: Any = None,
    room: str = "board",
    process: str = "",
    glow: bool = False,
) -> SafeString:
    """What we said, and what happened: the quotation, where it stands, and the answer or who is looking at it."""
    _one_of("status kind", kind, STATUS_KINDS)
    return _draw(
        "said_happened",
        content=_trimmed(content),
        said=said,
        status=status,
        kind=kind,
        happened=happened,
        who=who,
        href=href,
        piece=_piece_facts(piece, room, process) if piece is not None else None,
        glow=glow,
    )


@register.simple_tag
def listen(target: str) -> SafeString:
    """«Hør»: reads the element with this id aloud. Stays hidden unless the phone has a Norwegian voice of its own:
    other voices send the text to somebody else."""
    return _draw("listen", target=target)


@register.simple_tag
def saved_note() -> SafeString:
    """Inside a form with `data-autosave`: where «Lagret som kladd» is said."""
    return _draw("saved_note")


@register.simple_tag
def print_button(label: str = "") -> SafeString:
    """«Skriv ut». Without JavaScript it stays hidden: the browser's own menu prints."""
    return _draw("print_button", label=label or _("Skriv ut"))


def _local(value: date | datetime) -> date:
    return value.astimezone(clock.OSLO).date() if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as people say it: i dag, i går, i morgen, torsdag 19. november; with the year when it is another one."""
    if value is None:
        return ""
    on, today = _local(value), clock.today()
    match (on - today).days:
        case 0:
            return _("i dag")
        case -1:
            return _("i går")
        case 1:
            return _("i morgen")
    form = "l j. F" if on.year == today.year else "j. F Y"
    return dates.written(on, form)


@register.filter(expects_localtime=True)
def written(value: date | datetime | None, form: str) -> str:
    """A date in words: `{{ at|written:"j. F H.i" }}` is 19. november klokka 17.30, and in English 19 November at 17:30."""
    return "" if value is None else dates.written(value, form)


@register.filter
def language_name(code: str) -> str:
    """What a language calls itself: nb is Bokmål. A code we do not know stands as it is."""
    return dict(settings.LANGUAGES).get(code, code)


@register.filter
def quoted(text: Any) -> str:
    """What somebody said, in the quotation marks of the language: «…», in English “…”."""
    return dates.quoted(text)


@register.filter
def hour(value: datetime | None) -> str:
    """The time of day as people say it: 17, or 17.30; in English 17:00."""
    return "" if value is None else dates.hour(value.astimezone(clock.OSLO))


@register.filter
def sentence(text: str) -> str:
    """«fiskesuppe» → «Fiskesuppe.», so that the next sentence can follow on the same line."""
    text = capfirst(str(text).strip())
    return text if not text or text[-1] in ".!?…" else f"{text}."


@register.filter
def span(start: datetime | None, end: datetime | None = None) -> str:
    """«I morgen klokka 17 til 19», for a heading: `{{ gathering.starts_at|span:gathering.ends_at }}`."""
    return "" if start is None else _between(day(start), start, end)


@register.filter
def span_on_paper(start: datetime | None, end: datetime | None = None) -> str:
    """The same where it is printed: «Tirsdag 24. november 2026 klokka 17 til 19», which is as true tomorrow."""
    return "" if start is None else _between(dates.written(_local(start), "l j. F Y"), start, end)


def _between(on: str, start: datetime, end: datetime | None) -> str:
    words = {"day": on, "from": hour(start), "to": hour(end)}
    text = _("%(day)s klokka %(from)s til %(to)s") if end else _("%(day)s klokka %(from)s")
    said = text % words
    return said[0].upper() + said[1:]
