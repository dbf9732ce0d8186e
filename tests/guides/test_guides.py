"""Working with the guide: what those who prepare may say, who reads it, and what it never becomes."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from langbord.access.gate import GateClosed
from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow, ProcessClosed
from langbord.guides import actions, rules
from langbord.guides.enums import Standing
from langbord.guides.models import PointStep
from langbord.guides.state import LATER, next_thing, state_of, states
from langbord.library import content, pinning
from langbord.processes.models import Process
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.signin import signed_in

SECRET = "Vi er redde for at lederen ikke mener det"
SKIPPED = "Dette har vi gjort før"


def points() -> list[content.Point]:
    return [point for section in content.guide() for point in section.points]


def needed() -> content.Point:
    return next(point for point in points() if point.needed_for == "inviting")


def a_point() -> content.Point:
    return next(point for point in points() if point.may_skip)


def of(table: Table) -> Process:
    return Process.objects.unrestricted(TEST).get(pk=table.process.pk)


def at(table: Table, name: str) -> Client:
    return signed_in(table.people[name])


def url(name: str, table: Table, key: str = "") -> str:
    return reverse(name, args=[table.process.slug, key] if key else [table.process.slug])


def form(**data: object) -> dict[str, object]:
    return {"once": str(uuid4()), **data}


# -- saying something about a point


def test_what_counts_is_what_was_said_last(table: Table) -> None:
    kari, process, key = table.actor("coordinator"), of(table), a_point().key
    day = clock.today() + timedelta(days=3)
    assert state_of(kari, process.pk, key).standing == Standing.OPEN
    actions.carry(actor=kari, process=process, key=key, carrier_id=kari.person_id)
    assert state_of(kari, process.pk, key).standing == Standing.CARRIED
    actions.plan_talk(actor=kari, process=process, key=key, on=day)
    held = state_of(kari, process.pk, key)
    assert (held.standing, held.talk_on) == (Standing.PLANNED, day)
    actions.talked(actor=kari, process=process, key=key)
    assert state_of(kari, process.pk, key).standing == Standing.TALKED
    actions.plan_talk(actor=kari, process=process, key=key, on=day)
    assert state_of(kari, process.pk, key).standing == Standing.PLANNED, "they talk about it once more"
    actions.set_aside(actor=kari, process=process, key=key, text=SKIPPED)
    assert state_of(kari, process.pk, key).standing == Standing.ASIDE
    actions.take_up_again(actor=kari, process=process, key=key)
    assert state_of(kari, process.pk, key).standing == Standing.CARRIED


def test_a_second_click_adds_nothing(table: Table) -> None:
    kari, process, key, once = table.actor("coordinator"), of(table), a_point().key, uuid4()
    for _click in range(2):
        actions.add_words(actor=kari, process=process, key=key, text=SECRET, step_id=once)
    assert PointStep.objects.visible_to(kari).count() == 1
    assert Piece.objects.visible_to(kari).filter(kind=PieceKind.POINT).count() == 1
    with pytest.raises(NotAllowed):
        actions.talked(actor=table.actor("employee"), process=process, key=key, step_id=once)


def test_setting_aside_needs_a_word_and_some_points_stay(table: Table) -> None:
    kari, process = table.actor("coordinator"), of(table)
    with pytest.raises(NotNow):
        actions.set_aside(actor=kari, process=process, key=a_point().key)
    stays = next(point for point in points() if not point.may_skip)
    with pytest.raises(NotNow):
        actions.set_aside(actor=kari, process=process, key=stays.key, text=SKIPPED)
    page = at(table, "coordinator").get(url("guide-point", table, stays.key)).content.decode()
    assert reverse("point-aside", args=[process.slug, stays.key]) not in page


def test_somebody_carries_it_and_then_nobody(table: Table) -> None:
    client, key, kari = at(table, "coordinator"), a_point().key, table.actor("coordinator")
    espen = str(table.people["employee"].pk)
    assert client.post(url("point-carry", table, key), form(carrier=espen)).status_code == 302
    assert state_of(kari, table.process.pk, key).carrier == table.people["employee"]
    assert client.post(url("point-carry", table, key), form(carrier="")).status_code == 302
    assert state_of(kari, table.process.pk, key).carrier is None
    citizen = str(table.people["citizen"].pk)
    assert client.post(url("point-carry", table, key), form(carrier=citizen)).status_code == 422


def test_a_day_that_is_past_is_refused_beside_the_field(table: Table) -> None:
    client, key = at(table, "coordinator"), a_point().key
    answer = client.post(
        url("point-date", table, key), form(on=(clock.today() - timedelta(days=1)).isoformat())
    )
    assert answer.status_code == 422
    assert "Den dagen har vært" in answer.content.decode()
    assert not PointStep.objects.unrestricted(TEST).exists()


def test_what_was_typed_stays_when_it_is_too_long(table: Table) -> None:
    client, key = at(table, "coordinator"), a_point().key
    answer = client.post(url("point-words", table, key), form(text="ord " * 1200))
    assert answer.status_code == 422
    assert "ord ord ord" in answer.content.decode()


def test_only_those_who_prepare_and_only_known_points(table: Table) -> None:
    process, key = of(table), a_point().key
    for name in ("citizen", "leader", "researcher", "outsider", "coordinator-other-process", "mentor"):
        with pytest.raises(NotAllowed):
            actions.talked(actor=table.actor(name), process=process, key=key)
        assert at(table, name).get(url("guide", table)).status_code == 404, name
    with pytest.raises(NotAllowed):
        actions.talked(actor=table.actor("coordinator"), process=process, key="finnes-ikke")
    with pytest.raises(NotAllowed):
        actions.carry(
            actor=table.actor("coordinator"),
            process=process,
            key=key,
            carrier_id=table.people["citizen"].pk,
        )
    assert at(table, "coordinator").get(url("guide-point", table, "finnes-ikke")).status_code == 404


def test_a_closed_process_takes_no_more(table: Table) -> None:
    from langbord.processes.keeping import actions as keeping
    from langbord.processes.keeping.enums import BoardAfter

    keeping.close(
        actor=table.actor("coordinator"),
        process=of(table),
        reason="i mål",
        board=BoardAfter.NAMELESS,
        goes_on=clock.today() + timedelta(days=60),
    )
    with pytest.raises(ProcessClosed):
        actions.talked(actor=table.actor("coordinator"), process=of(table), key=a_point().key)


# -- the walls


def test_the_gate_is_closed(table: Table) -> None:
    with pytest.raises(GateClosed):
        list(PointStep.objects.all())


def test_words_are_for_the_service_room_only(table: Table) -> None:
    process, key = of(table), a_point().key
    actions.add_words(actor=table.actor("employee"), process=process, key=key, text=SECRET)
    for name in ("coordinator", "employee", "partner", "host-service"):
        assert SECRET in at(table, name).get(url("guide-point", table, key)).content.decode(), name
        assert SECRET in at(table, name).get(url("guide-print", table)).content.decode(), name
    for name in ("host", "host-other-group", "host-waiting"):
        for page in (url("guide-point", table, key), url("guide-print", table), url("guide", table)):
            assert SECRET not in at(table, name).get(page).content.decode(), (name, page)
        assert SECRET not in text_of(at(table, name).get(url("guide-word", table)).content), name
        with pytest.raises(NotAllowed):
            actions.add_words(actor=table.actor(name), process=process, key=key, text="noe")
    assert SECRET in text_of(at(table, "employee").get(url("guide-word", table)).content)


def text_of(file: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(file)).paragraphs)


def test_a_control_sign_in_somebodys_words_keeps_nobody_from_the_word_file(table: Table) -> None:
    """They come along from slides and PDFs; one was enough for the whole process to get no file."""
    process, key, espen = of(table), a_point().key, table.actor("employee")
    actions.add_words(actor=espen, process=process, key=key, text=f"{SECRET}\x0bog\x1b mer\ufffe")
    answer = at(table, "coordinator").get(reverse("guide-word", args=[process.slug]))
    assert answer.status_code == 200
    assert f"{SECRET}\nog mer" in text_of(answer.content)


def test_words_are_not_on_the_wall_and_can_be_taken_back(table: Table) -> None:
    process, key, espen = of(table), a_point().key, table.actor("employee")
    step = actions.add_words(actor=espen, process=process, key=key, text=SECRET)
    room = reverse("room", args=[process.slug, table.rooms["service"].pk])
    assert SECRET not in at(table, "employee").get(room).content.decode()
    from langbord.rooms import actions as pieces

    assert step.piece is not None
    pieces.take_back(actor=espen, piece=step.piece, with_copies=True)
    page = at(table, "coordinator").get(url("guide-point", table, key)).content.decode()
    assert SECRET not in page


def test_in_a_process_without_a_service_room_nobody_writes_for_others(table: Table) -> None:
    actor = table.actor("daily-leader")
    assert rules.words_room(actor, table.other.pk) is None, "does not read the service room"
    kjell = table.actor("coordinator-other-process")
    found = rules.words_room(kjell, table.other.pk)
    assert found is not None
    assert found.kind == "service"


# -- one thing at a time


def test_the_next_thing_and_not_just_now(table: Table) -> None:
    kari, process = table.actor("coordinator"), of(table)
    every = points()

    def following() -> tuple[str, str]:
        found = next_thing(states(kari, process.pk), every)
        assert found is not None
        return found.point.key, found.why

    first = needed().key
    assert following() == (first, "needed")
    with clock.frozen(clock.now()) as stopped:
        actions.not_now(actor=kari, process=process, key=first)
        assert following()[0] != first
        stopped.move(LATER + timedelta(minutes=1))
        assert following() == (first, "needed")
        other = next(p.key for p in every if p.key != first and p.needed_for is None)
        actions.plan_talk(actor=kari, process=process, key=other, on=clock.today())
        assert following() == (other, "due")
        stopped.move(timedelta(minutes=1))
        actions.talked(actor=kari, process=process, key=other)
        assert following() == (first, "needed")


def test_the_desk_shows_one_and_it_can_be_put_off(table: Table) -> None:
    client = at(table, "coordinator")
    page = client.get(url("process", table)).content.decode()
    assert page.count('id="neste-punkt"') == 1
    assert needed().title.nb in page
    answer = client.post(url("point-later", table, needed().key), form(to="desk"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == url("process", table)
    after = client.get(url("process", table)).content.decode()
    assert needed().ask.nb not in after
    assert 'id="neste-punkt"' not in at(table, "citizen").get(url("process", table)).content.decode()


# -- the text stays as it was until they want the new one


def test_a_point_keeps_its_text_until_they_take_the_new_one(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    kari, process, key = table.actor("coordinator"), of(table), a_point().key
    actions.talked(actor=kari, process=process, key=key)
    old = a_point()
    fresh = old.model_copy(
        update={"version": old.version + 1, "about": old.about.model_copy(update={"nb": "Helt ny tekst."})}
    )
    sections = tuple(
        section.model_copy(update={"points": tuple(fresh if p.key == key else p for p in section.points)})
        for section in content.guide()
    )
    monkeypatch.setattr(content, "guide", lambda organisation_id=None: sections)
    page = at(table, "coordinator").get(url("guide-point", table, key)).content.decode()
    assert "skrevet om siden dere begynte" in page
    before = pinning.pinned(process.pk, key, process.organisation_id)
    assert before is not None
    assert before.about.nb == old.about.nb
    actions.use_new_text(actor=kari, process=process, key=key)
    after = pinning.pinned(process.pk, key, process.organisation_id)
    assert after is not None
    assert after.about.nb == "Helt ny tekst."
    assert state_of(kari, process.pk, key).standing == Standing.TALKED


# -- can we invite now


def test_what_is_missing_and_why(table: Table) -> None:
    client = at(table, "coordinator")
    page = client.get(url("can-invite", table)).content.decode()
    assert "Tjenesten har ikke sagt hva den ikke får til" in page
    assert "Gjør dette først" in page
    assert "Dere har allerede spurt noen" in page
    for point in points():
        if point.needed_for == "inviting":
            assert point.title.nb in page
    from langbord.rooms import actions as pieces

    espen = table.actor("employee")
    for kind in (PieceKind.SHORTCOMING, PieceKind.NO_PROMISE):
        pieces.write(actor=espen, room=table.room("service"), kind=kind, text="x")
    kari, process = table.actor("coordinator"), of(table)
    from langbord.processes.actions import describe

    describe(process=process, name=process.name, purpose="Et hjem å trives i", actor=kari)
    for point in points():
        if point.needed_for == "inviting":
            actions.talked(actor=kari, process=process, key=point.key)
    ready = client.get(url("can-invite", table)).content.decode()
    assert "Dette er verdt å ha snakket om først" not in ready
    assert "Tjenesten har sagt hva den ikke får til" in ready


# -- what this is to us just now


def test_each_room_writes_what_it_is_and_the_older_ones_stay(table: Table) -> None:
    room = table.rooms["peer"].pk
    page = reverse("what-now", args=[table.process.slug, room])
    amina = at(table, "citizen")
    assert "Ingen har skrevet det ennå" in amina.get(page).content.decode()
    assert amina.post(page, form(text="Et sted å puste")).status_code == 302
    assert at(table, "host").post(page, form(text="Vi hjelper hverandre", together="on")).status_code == 302
    seen = at(table, "citizen-2").get(page).content.decode()
    assert seen.index("Vi hjelper hverandre") < seen.index("Før sa vi") < seen.index("Et sted å puste")
    for name in ("coordinator", "employee", "citizen-other-group", "outsider"):
        assert at(table, name).get(page).status_code == 404, name
        assert at(table, name).post(page, form(text="x")).status_code == 404, name
    assert "together" not in amina.get(page).content.decode()
    answer = amina.post(page, form(text=""))
    assert answer.status_code == 422
    assert Piece.objects.unrestricted(TEST).filter(kind=PieceKind.WHAT_NOW).count() == 2


# -- the booklet


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_guide_as_word_for_anybody(db: None, client: Client, language: str) -> None:
    from django.utils import translation

    client.cookies["django_language"] = language
    client.post(reverse("set-language"), {"language": language, "next": "/"})
    answer = client.get(reverse("library-guide-word"))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = text_of(answer.content)
    with translation.override(language):
        for point in points():
            assert str(point.title) in text


def test_the_booklet_of_what_they_have_taken_up(table: Table) -> None:
    kari, process, key = table.actor("coordinator"), of(table), a_point().key
    actions.talked(actor=kari, process=process, key=key)
    client = at(table, "coordinator")
    whole, chosen = (
        client.get(url("guide-print", table) + query).content.decode() for query in ("", "?vis=i-gang")
    )
    other = next(point for point in points() if point.key != key)
    assert other.ask.nb in whole
    assert other.ask.nb not in chosen
    assert a_point().ask.nb in chosen


def test_nothing_is_told_in_the_log(table: Table) -> None:
    from langbord.base.models import Event

    actions.set_aside(actor=table.actor("coordinator"), process=of(table), key=a_point().key, text=SKIPPED)
    event = Event.objects.get(verb="point.aside")
    assert isinstance(event.object_id, UUID)


def test_where_a_point_comes_from_is_told_by_name_on_screen_on_paper_and_in_word(table: Table) -> None:
    """«Kilde R» says nothing to somebody who has not read the texts; and a reason without its ground is only a claim."""
    client = signed_in(table.people["employee"])
    address = f"/s/{table.process.slug}/veileder/punkt/what-it-costs/"
    said = ("Kobro og Bjørnerud 2021", "Stokke, Skarli og Hagaseth 2023")
    page = client.get(address).content.decode()
    assert "Kilde R" not in page
    for name in said:
        assert name in page
    client.post(address + "snakket/", {"once": str(uuid4()), "text": ""})
    paper = client.get(f"/s/{table.process.slug}/veileder/hefte/").content.decode()
    made = Document(BytesIO(client.get(f"/s/{table.process.slug}/veileder/hefte.docx").content))
    word = "\n".join(paragraph.text for paragraph in made.paragraphs)
    for text in (paper, word):
        assert "Snakk om hva det koster" in text
        for name in said:
            assert name in text
