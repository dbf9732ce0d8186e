"""Addresses of gatherings. Who may see which gathering is asked by the gate, in each view."""

from __future__ import annotations

from langbord.access.routes import in_process, route

from . import views, views_after

MEMBER = in_process()
ONE = "s/<slug:process>/samling/<uuid:gathering>/"

urlpatterns = [
    route("s/<slug:process>/samlinger/", views.gathering_list, name="gatherings", get=MEMBER),
    route(
        "s/<slug:process>/rom/<uuid:room>/ny-samling/",
        views.gathering_new,
        name="gathering-new",
        get=MEMBER,
        post=MEMBER,
    ),
    route(ONE, views.gathering_page, name="gathering", get=MEMBER),
    route(ONE + "endre/", views.gathering_edit, name="gathering-edit", get=MEMBER, post=MEMBER),
    route(ONE + "avlys/", views.gathering_cancel, name="gathering-cancel", get=MEMBER, post=MEMBER),
    route(ONE + "svar/", views.gathering_answer, name="gathering-answer", post=MEMBER),
    route(ONE + "behov/", views.gathering_needs, name="gathering-needs", get=MEMBER, post=MEMBER),
    route(ONE + "samling.ics", views.gathering_ics, name="gathering-ics", get=MEMBER),
    route(ONE + "etterpa/", views_after.gathering_after, name="gathering-after", get=MEMBER, post=MEMBER),
    route(ONE + "noter/", views_after.gathering_note, name="gathering-note", post=MEMBER),
    route(
        ONE + "noter/<uuid:piece>/fjern/",
        views_after.gathering_note_remove,
        name="gathering-note-remove",
        post=MEMBER,
    ),
    route(ONE + "referat/", views_after.minutes_page, name="minutes", get=MEMBER),
    route(ONE + "referat/endre/", views_after.minutes_edit, name="minutes-edit", get=MEMBER, post=MEMBER),
    route(ONE + "referat/stemmer-ikke/", views_after.minutes_wrong, name="minutes-wrong", post=MEMBER),
]
