"""Fills an example folder up to the large size: 1,000 processes, 20,000 persons, 200,000 pieces, beside the example.

Rows are inserted in bulk and not through the actions, which would take hours; every text is sealed as always.
Run with the settings of the folder to fill: `python -m bench.fill`.
"""

from __future__ import annotations

import os
import random
from datetime import timedelta
from uuid import uuid4

import django

PROCESSES, PERSONS_EACH, PIECES_EACH, CASES_EACH = 1000, 20, 200, 20
WORDS = [
    "vi",
    "snakket",
    "om",
    "kjøkkenet",
    "og",
    "suppa",
    "som",
    "luktet",
    "godt",
    "mens",
    "noen",
    "dekket",
    "bordet",
    "og",
    "andre",
    "fant",
    "fram",
    "kopper",
    "det",
    "var",
    "fint",
    "å",
    "høre",
    "at",
    "flere",
    "har",
    "det",
    "slik",
    "og",
    "at",
    "ingen",
    "behøver",
    "å",
    "være",
    "alene",
    "om",
    "det",
    "når",
    "vinteren",
    "kommer",
]


def text(rng: random.Random) -> str:
    """Some forty words."""
    return " ".join(rng.choice(WORDS) for _word in range(rng.randint(20, 60))).capitalize() + "."


def fill() -> None:
    from langbord.access.enums import Role, RoomKind
    from langbord.base import clock
    from langbord.followup.enums import Source
    from langbord.followup.models import Case
    from langbord.people.models import Organisation, Person
    from langbord.processes.models import Membership, Process
    from langbord.rooms.enums import PieceKind
    from langbord.rooms.models import Piece, Room, Seat
    from langbord.vault import keys

    rng = random.Random(7)
    organisation = Organisation.objects.order_by("name").first()
    kinds = [PieceKind.STORY, PieceKind.POST, PieceKind.GIVE, PieceKind.NEED, PieceKind.TIP]
    for number in range(PROCESSES):
        start = clock.now() - timedelta(days=rng.randint(10, 700))
        process = Process(
            slug=f"fyll-{number}",
            name=f"Fyll {number}",
            organisation=organisation,
            started_on=start.date(),
            created_at=start,
        )
        rooms = {
            kind: Room(process=process, kind=kind, name=str(kind), created_at=start)
            for kind in (RoomKind.PEER, RoomKind.SERVICE, RoomKind.JOINT, RoomKind.BOARD)
        }
        people = []
        for place in range(PERSONS_EACH):
            pk = uuid4()
            people.append(Person(id=pk, sealed_by=pk, name=f"Person {place}", password="!", created_at=start))
        with keys.ring():
            keys.ensure_many([*(p.pk for p in people), *(r.pk for r in rooms.values())])
            Process.objects.bulk_create([process])
            Room.objects.bulk_create(rooms.values())
            Person.objects.bulk_create(people)
            members = [
                Membership(
                    process=process,
                    person=person,
                    role=[Role.CITIZEN, Role.CITIZEN, Role.HOST, Role.EMPLOYEE][place % 4],
                    started_at=start,
                )
                for place, person in enumerate(people)
            ]
            Membership.objects.bulk_create(members)
            Seat.objects.bulk_create(
                Seat(room=rooms[RoomKind.PEER], membership=m, started_at=start, confirmed_at=start)
                for m in members
                if m.role != Role.EMPLOYEE
            )
            pieces = []
            for place in range(PIECES_EACH):
                on_board = place < CASES_EACH
                author = people[place % PERSONS_EACH]
                at = start + timedelta(minutes=place)
                pieces.append(
                    Piece(
                        process=process,
                        room=rooms[RoomKind.BOARD if on_board else RoomKind.PEER],
                        author=author,
                        sealed_by=author.pk,
                        kind=PieceKind.INPUT if on_board else rng.choice(kinds),
                        body=text(rng),
                        created_at=at,
                        shared_at=at,
                    )
                )
            Piece.objects.bulk_create(pieces)
            Case.objects.bulk_create(
                Case(
                    process=process,
                    piece=piece,
                    side="citizens",
                    source=Source.CITIZEN,
                    received_at=piece.created_at,
                    state_at=piece.created_at,
                )
                for piece in pieces[:CASES_EACH]
            )
        if number % 100 == 99:
            print(f"  {number + 1} processes", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langbord.config.settings")
    django.setup()
    fill()
