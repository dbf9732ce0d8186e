"""Minutes with somebody's words: by reference, in the words as they are now, and only while they say yes."""

from __future__ import annotations

import pytest

from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.consent.enums import Purpose
from langbord.gatherings import after, minutes
from langbord.gatherings.models import Gathering, Minutes, Quote
from langbord.rooms import actions as rooms
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.consent.helpers import say_no, say_yes, take_back

from .helpers import AFTERWARDS, Queries, address, browser, fresh, mark, once, plan


@pytest.fixture
def made(table: Table, at: clock.Frozen) -> Gathering:
    """A gathering of four at which three said something, and the group one thing. Amina has said yes, Bjarne no, and
    Celine has not answered."""
    found = plan(table)
    at.move_to(AFTERWARDS)
    mark(table, found, "citizen", "citizen-2", "citizen-3")
    say_yes(table.people["citizen"], Purpose.MINUTES, table.process)
    say_no(table.people["citizen-2"], Purpose.MINUTES, table.process)
    found = fresh(found)
    for name, text in (
        ("citizen", "jakanari"),
        ("citizen-2", "neikanari"),
        ("citizen-3", "stillekanari"),
        ("", "gruppekanari"),
    ):
        speaker = table.people[name].pk if name else None
        after.catch(actor=table.actor("host"), gathering=found, text=text, speaker_id=speaker)
    return found


def publish(table: Table, made: Gathering, **more: object) -> Minutes:
    return minutes.publish(actor=table.actor("host"), gathering=made, text="Vi spiste.", **more)  # type: ignore[arg-type]


def page(table: Table, made: Gathering, name: str = "citizen-3") -> str:
    return browser(table, name).get(address(table, made, "referat/")).content.decode()


def said(table: Table, name: str = "citizen") -> Piece:
    return Piece.objects.visible_to(table.actor(name)).get(kind="input", author=table.people[name])


def test_words_stand_only_with_a_yes_and_without_a_name(table: Table, made: Gathering) -> None:
    publish(table, made)
    text = page(table, made)
    assert "«jakanari»" in text
    for hidden in ("neikanari", "stillekanari", "Amina", "Bjarne"):
        assert hidden not in text, hidden
    assert "jakanari" not in Piece.objects.unrestricted(TEST).get(kind="minutes").body
    reading = text[text.index('id="referat"') : text.index('data-listen="referat"')]
    assert "jakanari" in reading, "what is read aloud is what stands there"


def test_taken_back_it_is_gone_at_once_without_a_gap(table: Table, made: Gathering) -> None:
    publish(table, made)
    before = page(table, made)
    take_back(table.people["citizen"], Purpose.MINUTES, table.process)
    after_it = page(table, made)
    assert "jakanari" in before
    assert "jakanari" not in after_it
    assert "Det noen av oss sa" not in after_it
    assert "tilbake" not in after_it[after_it.index('id="referat"') : after_it.index('data-listen="referat"')]
    piece = Piece.objects.unrestricted(TEST).get(kind="minutes")
    for address_ in (f"/b/{piece.pk}/",):
        assert "jakanari" not in browser(table, "citizen-3").get(address_).content.decode()
    say_yes(table.people["citizen"], Purpose.MINUTES, table.process)
    assert "jakanari" in page(table, made)


def test_it_is_quoted_as_it_is_now_and_follows_its_piece(table: Table, made: Gathering) -> None:
    publish(table, made)
    amina = table.actor("citizen")
    rooms.edit(actor=amina, piece=said(table), text="rettetkanari")
    assert "rettetkanari" in page(table, made)
    assert "jakanari" not in page(table, made)
    host = table.actor("host")
    piece = Piece.objects.visible_to(host).get(pk=said(table).pk)
    rooms.hold_back(actor=host, piece=piece, why="vi snakker først")
    for name in ("citizen", "citizen-3", "host"):
        assert "rettetkanari" not in page(table, made, name), name
    rooms.let_out(actor=host, piece=Piece.objects.visible_to(host).get(pk=piece.pk))
    assert "rettetkanari" in page(table, made)
    rooms.take_back(actor=amina, piece=said(table))
    for name in ("citizen", "citizen-3"):
        assert "rettetkanari" not in page(table, made, name), name


def test_a_yes_after_the_minutes_were_written_adds_nothing(table: Table, made: Gathering) -> None:
    """The writer chose among those who said yes then. Nobody's words turn up in old minutes by themselves."""
    publish(table, made)
    say_yes(table.people["citizen-3"], Purpose.MINUTES, table.process)
    assert "stillekanari" not in page(table, made)
    edit = browser(table, "host").get(address(table, made, "referat/endre/")).content.decode()
    assert "stillekanari" in edit
    assert "neikanari" not in edit


def test_the_writer_may_leave_words_out_and_a_draft_remembers(table: Table, made: Gathering) -> None:
    say_yes(table.people["citizen-3"], Purpose.MINUTES, table.process)
    host, where = browser(table, "host"), address(table, made, "referat/endre/")
    assert host.get(where).content.decode().count(" checked") == 2
    chosen = str(said(table, "citizen-3").pk)
    host.post(where, {"text": "Vi spiste.", "quoted": [chosen], "once": once()})
    again = host.get(where).content.decode()
    assert again.count(" checked") == 1
    host.post(where, {"text": "Vi spiste.", "quoted": [chosen], "publish": "1", "once": once()})
    text = page(table, made, "host")
    assert "stillekanari" in text
    assert "jakanari" not in text


def test_one_who_takes_it_back_while_somebody_writes_stops_nothing(table: Table, made: Gathering) -> None:
    host, where = browser(table, "host"), address(table, made, "referat/endre/")
    data = {
        "text": "Vi spiste lenge.",
        "quoted": [str(said(table).pk), str(said(table, "citizen-2").pk), "tull"],
        "publish": "1",
        "once": once(),
    }
    take_back(table.people["citizen"], Purpose.MINUTES, table.process)
    assert host.post(where, data).status_code == 302
    text = page(table, made)
    assert "Vi spiste lenge." in text
    assert "jakanari" not in text
    assert "neikanari" not in text
    assert not Quote.objects.unrestricted(TEST).exists()


def test_nobody_quotes_through_the_action_what_may_not_stand(table: Table, made: Gathering) -> None:
    publish(table, made, quoted=[said(table, "citizen-2").pk])
    say_yes(table.people["citizen-2"], Purpose.MINUTES, table.process)
    assert "neikanari" not in page(table, made)
    with pytest.raises(NotAllowed):
        minutes.publish(actor=table.actor("citizen"), gathering=made, text="x", quoted=[said(table).pk])


def test_whoever_leaves_says_yes_no_longer(table: Table, made: Gathering) -> None:
    from langbord.processes.actions import end_membership
    from langbord.processes.models import Membership

    publish(table, made)
    amina = table.actor("citizen")
    end_membership(
        membership=Membership.objects.visible_to(amina).get(person=table.people["citizen"]), actor=amina
    )
    assert "jakanari" not in page(table, made)


def test_the_speaker_is_told_which_words_are_theirs_and_where_to_take_them_back(
    table: Table, made: Gathering
) -> None:
    publish(table, made)
    own = page(table, made, "citizen")
    assert "Ett av sitatene er dine ord" in own
    assert f"/meg/ja/{table.process.pk}/minutes/" in own
    assert "er dine ord" not in page(table, made, "citizen-3")


def test_only_those_who_read_the_minutes_and_the_words_see_the_quote(table: Table, made: Gathering) -> None:
    publish(table, made)
    seen = {n for n in table.cast if Quote.objects.visible_to(table.actor(n)).exists()}
    assert seen == {"citizen", "citizen-2", "citizen-3", "host"}


def test_one_and_ten_quotes_cost_the_same(table: Table, made: Gathering) -> None:
    written = publish(table, made)

    client = browser(table, "citizen-3")

    def look() -> int:
        with Queries() as seen:
            client.get(address(table, made, "referat/"))
        return len(seen.all)

    few = look()
    for number in range(10):
        after.catch(
            actor=table.actor("host"),
            gathering=made,
            text=f"mer {number}",
            speaker_id=table.people["citizen"].pk,
        )
    publish(table, made, quoted=[p.pk for p in minutes.quotable(table.actor("host"), made)])
    assert Quote.objects.unrestricted(TEST).filter(minutes=written).count() == 11
    assert look() == few <= 12, few
