"""The look: what components promise to screen readers, to the tests of the walls, and to whoever prints or looks."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.utils import translation

import langbord
from langbord.base import clock
from langbord.web.icons import SHAPES
from langbord.web.pictures import Door, Dot, ProcessPicture, Track, draw_process
from langbord.web.seats import seats_around

NOON = dt.datetime(2026, 11, 18, 11, 0, tzinfo=dt.UTC)


TEMPLATES = Path(langbord.__path__[0]) / "templates"
BY_ITSELF = {"leaving/_file_style.html"}
"""Rules of a file that people take away: it is opened without us, and has nowhere else to keep them."""

EVERY_TEMPLATE = sorted(str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", EVERY_TEMPLATE)
def test_every_template_compiles_and_has_nothing_inline(name: str) -> None:
    get_template(name)
    source = (TEMPLATES / name).read_text()
    assert name in BY_ITSELF or not re.search(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)", source)
    for icon in re.findall(r"""(?:{% icon |icon=)["']([\w-]+)["']""", source):
        assert icon in SHAPES


@pytest.mark.parametrize("name", EVERY_TEMPLATE)
def test_what_is_ticked_is_large_and_stands_beside_one_name(name: str) -> None:
    """Small boxes in a row leave it open whose they are, also where a press takes somebody away."""
    source = (TEMPLATES / name).read_text()
    for box in re.findall(r"""<input[^>]*type="(?:checkbox|radio)"[^>]*>""", source):
        assert 'class="ds-input"' in box
    assert '<label class="choice"' not in source


def draw(source: str, **context: object) -> str:
    return Template("{% load ui fields %}" + source).render(Context(context))


class Telling(forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label="Hva vil du fortelle?", widget=forms.Textarea, help_text="Skriv som du snakker."
    )
    where = forms.ChoiceField(
        label="Hvem?", widget=forms.RadioSelect, choices=[("me", "Bare meg"), ("all", "Alle")]
    )
    mine = forms.CharField(label="Eget", error_messages={"required": "Si hva det heter"})
    tick = forms.BooleanField(label="Ja")


@pytest.mark.parametrize(
    "source",
    [
        "{% button 'Lagre' colour='red' %}",
        "{% card style='x' %}{% endcard %}",
        "{% field form.text size=3 %}",
        "{% long_table guests=2 %}",
        "{% piece_card p onclick='x' %}{% endpiece_card %}",
    ],
)
def test_unknown_arguments_are_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(source)


@pytest.mark.parametrize(
    "source", ["{% icon 'unicorn' %}", "{% button 'A' kind='pink' %}", "{% status 'A' kind='x' %}"]
)
def test_unknown_kinds_are_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_a_field_ties_label_hint_and_error_to_its_input() -> None:
    html = draw("{% field form.text %}", form=Telling({"text": ""}))
    assert 'for="id_text"' in html
    assert 'aria-describedby="id_text_hint id_text_error"' in html
    assert html.count('aria-invalid="true"') == 1
    assert "Feil:" in html
    assert "Skriv noe her" in html
    assert "påkrev" not in html
    assert "cols=" not in html


def test_the_words_of_the_form_itself_win() -> None:
    assert "Si hva det heter" in draw("{% field form.mine %}", form=Telling({"mine": ""}))


def test_radios_are_a_fieldset_with_a_legend() -> None:
    html = draw("{% field form.where %}", form=Telling({"where": ""}))
    assert "<fieldset" in html
    assert "<legend" in html
    assert "<select" not in html
    assert html.count('type="radio"') == 2
    for found in re.findall(r'for="([^"]+)"', html):
        assert f'id="{found}"' in html
    assert 'aria-describedby="id_where_error"' in html


def test_the_error_summary_links_to_things_that_exist() -> None:
    form = Telling({"once": str(uuid4())})
    html = draw("{% error_summary form %}{{ form }}", form=form)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 2 * 4  # {{ form }} brings a summary of its own
    for target in targets:
        assert f'id="{target}"' in html


def test_no_summary_when_nothing_is_wrong() -> None:
    assert draw("{% error_summary form %}", form=Telling()).strip() == ""


def test_hidden_once_is_rendered() -> None:
    assert 'name="once"' in draw("{% hidden_fields form %}", form=Telling())


def piece(**more: object) -> SimpleNamespace:
    facts = {
        "id": uuid4(),
        "room_label": "peer",
        "process_slug": "hjem",
        "body": "En\nto <b>",
        "shared_at": NOON,
    }
    return SimpleNamespace(**{**facts, **more})


def test_a_piece_says_which_walls_it_stands_behind() -> None:
    p = piece()
    html = draw("{% piece_card p by='Amina' %}{% button 'Ta med over' %}{% endpiece_card %}", p=p)
    assert f'data-piece="{p.id}"' in html
    assert 'data-room="peer"' in html
    assert 'data-process="hjem"' in html
    assert "En\nto &lt;b&gt;" in html
    assert "<button" in html


def test_a_piece_without_a_room_is_a_draft() -> None:
    html = draw("{% piece_card p %}{% endpiece_card %}", p=piece(room_label="", room_id=None))
    assert 'data-room="draft"' in html


def test_what_somebody_wrote_is_never_markup() -> None:
    bad = "<script>x</script>"
    for source in (
        "{% said_happened said=bad status='I bruk' kind='done' happened=bad who=bad %}{% endsaid_happened %}",
        "{% gathering_card when=bad place=bad food=bad hosts=bad answer_url='/x' %}{% endgathering_card %}",
        "{% row bad bad %}{% empty bad more=bad %}{% status bad %}{% button bad %}",
        "{% confirm_list items %}{% card heading=bad %}{{ bad }}{% endcard %}{% more bad %}x{% endmore %}",
    ):
        assert "<script" not in draw(source, bad=bad, items=[bad, (bad, bad)])


def test_nothing_inline() -> None:
    html = draw(
        "{% long_table citizens=3 hosts=1 %}{% process_picture p %}{% empty %}{% listen 'x' %}{% print_button %}",
        p=picture(Door(dt.date(2026, 11, 5))),
    )
    assert "style=" not in html
    assert "<script" not in html
    assert not re.search(r"\son\w+=", html)


def picture(door: Door | None) -> ProcessPicture:
    day = dt.date
    return ProcessPicture(
        day(2026, 6, 3),
        day(2026, 11, 30),
        [
            Track("Likemenn", "citizens", [Dot(day(2026, 6, 14), "Suppe"), Dot(day(2026, 11, 4), "Sist")]),
            Track("Tjenesten", "service", [Dot(day(2026, 9, 3), "Læringsverksted")]),
            Track("Rundt bordet", "joint", [Dot(day(2026, 11, 19), "Alle", planned=True)]),
        ],
        door,
    )


def test_a_month_that_begins_near_the_end_keeps_its_name() -> None:
    day = dt.date
    whole = ProcessPicture(day(2026, 6, 3), day(2026, 12, 20), [Track("Likemenn", "citizens")])
    last = draw_process(whole).lying.months[-1]
    assert last.text == "desember"
    assert last.x + len(last.text) * 8 <= 620


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("door", [None, Door(), Door(dt.date(2026, 11, 5)), Door(dt.date(2026, 6, 3))])
def test_the_process_stays_within_its_frame(door: Door | None, language: str) -> None:
    with translation.override(language):
        drawings = draw_process(picture(door))
    for drawn in (drawings.lying, drawings.upright):
        for dot in drawn.dots:
            assert 8 <= dot.x <= drawn.width - 8
            assert 8 <= dot.y <= drawn.height - 8
        xs = [m.x if not drawn.upright else m.y for m in drawn.months]
        assert xs == sorted(xs)
        assert len(xs) <= 6
        ends = [m.x + len(m.text) * 8 for m in drawn.months]  # 8 px a letter, and 9 where they are bold
        if drawn.door_words:
            ends.append(drawn.door_words.x + len(drawn.door_words.text) * 9)
        assert max(ends) <= drawn.width
    if language == "nb":
        assert next(r.what for r in drawings.rows) in ("Suppe", "Døra åpnet")
        assert "Likemenn: to samlinger" in drawings.sentence


def test_a_closed_door_says_only_that() -> None:
    drawings = draw_process(picture(Door()))
    assert "Døra er ikke åpen ennå" in drawings.sentence
    assert len(drawings.lying.dots) == 3  # nothing is drawn on the far side


@pytest.mark.parametrize("citizens", range(9))
@pytest.mark.parametrize("service", range(0, 9, 2))
@pytest.mark.parametrize("hosts", range(4))
def test_everybody_gets_a_seat_of_their_own(citizens: int, service: int, hosts: int) -> None:
    table = seats_around(citizens, service, hosts)
    if not table.nobody:
        sides = [s.side for s in table.seats]
        assert (sides.count("citizens"), sides.count("service"), sides.count("host")) == (
            citizens,
            service,
            hosts,
        )
    assert len({(s.x, s.y) for s in table.seats}) == len(table.seats)
    assert all(13 <= s.x <= table.width - 13 for s in table.seats)


def test_the_table_in_words() -> None:
    assert seats_around(7, 5, 2).sentence == "Sju innbyggere, fem fra tjenesten og to verter"
    assert seats_around(1).sentence == "Én innbygger"
    assert seats_around(0).sentence == "Bordet er ikke dekket ennå"


def test_days_as_people_say_them() -> None:
    with clock.frozen(NOON):
        late = NOON.replace(hour=23, minute=30)  # already tomorrow in Norway
        assert draw("{{ at|day }}", at=NOON) == "i dag"
        assert draw("{{ at|day }}", at=late) == "i morgen"
        assert draw("{{ at|day }}", at=NOON - dt.timedelta(days=1)) == "i går"
        assert draw("{{ at|day }}", at=dt.date(2026, 11, 27)) == "fredag 27. november"
        assert draw("{{ at|day }}", at=dt.date(2025, 11, 27)) == "27. november 2025"
        evening = dt.datetime(2026, 11, 19, 16, 0, tzinfo=dt.UTC)
        assert draw("{{ a|span:b }}", a=evening, b=evening + dt.timedelta(hours=2, minutes=30)) == (
            "I morgen klokka 17 til 19.30"
        )
