"""Addresses of rooms and pieces. Who may see the very room or piece is asked by the views, through the gate."""

from langbord.access.routes import SIGNED_IN, in_process, route

from . import mine, views, views_carrying, views_door, views_pieces, views_search

ROOM = "s/<slug:process>/rom/<uuid:room>/"
PIECE = "b/<uuid:piece>/"
MEMBER = in_process()

urlpatterns = [
    route("meg/hvem-ser/", mine.my_readers, name="me-readers", get=SIGNED_IN),
    route(ROOM, views.room_page, name="room", get=MEMBER),
    route(ROOM + "skriv/", views.room_write, name="room-write", post=MEMBER),
    route(ROOM + "bytte/", views.exchange, name="exchange", get=MEMBER, post=MEMBER),
    route(ROOM + "regler/", views.room_rules, name="rules", get=MEMBER, post=MEMBER),
    route(ROOM + "inngang/", views.room_entrance, name="entrance", get=MEMBER, post=MEMBER),
    route(ROOM + "finn/", views_search.find_in_room, name="room-find", get=MEMBER, post=MEMBER),
    route(ROOM + "hvem/", views.room_readers, name="readers", get=MEMBER),
    route(ROOM + "dora/", views_door.door_page, name="door", get=MEMBER),
    route(ROOM + "dora/svar/", views_door.door_answer, name="door-answer", post=MEMBER),
    route(ROOM + "dora/apne/", views_door.door_open, name="door-open", post=MEMBER),
    route(ROOM + "dora/lukk/", views_door.door_close, name="door-close", post=MEMBER),
    route("mott/<uuid:seat>/", views_door.seat_met, name="seat-met", post=SIGNED_IN),
    route("vert/<uuid:seat>/", views_door.host_answer, name="host-answer", post=SIGNED_IN),
    route(PIECE, views_pieces.piece_page, name="piece", get=SIGNED_IN),
    route(PIECE + "endre/", views_pieces.piece_edit, name="piece-edit", get=SIGNED_IN, post=SIGNED_IN),
    route(PIECE + "ta-tilbake/", views_pieces.take_back, name="take-back", get=SIGNED_IN, post=SIGNED_IN),
    route(PIECE + "hold/", views_pieces.hold_back, name="hold-back", get=SIGNED_IN, post=SIGNED_IN),
    route(PIECE + "slipp/", views_pieces.let_out, name="let-out", post=SIGNED_IN),
    route(PIECE + "ta-med/", views_carrying.carry, name="carry", get=SIGNED_IN),
    route(
        PIECE + "ta-med/<uuid:room>/", views_carrying.carry_to, name="carry-to", get=SIGNED_IN, post=SIGNED_IN
    ),
    route(
        PIECE + "gruppa/<uuid:room>/", views_carrying.propose, name="propose", get=SIGNED_IN, post=SIGNED_IN
    ),
    route("v/<uuid:decision>/", views_carrying.decision_answer, name="decision-answer", post=SIGNED_IN),
]
