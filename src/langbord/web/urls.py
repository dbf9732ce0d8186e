"""Addresses of the frame, the homes and the coordinator's desk."""

from __future__ import annotations

from langbord.access.enums import Role
from langbord.access.routes import OPERATOR, PUBLIC, SETS_UP, SIGNED_IN, in_process, route

from . import firstrun, pages
from .desk import keeping_urls, log, organisations, process, views
from .home import views as home
from .privacy import views as privacy

COORDINATOR = in_process(Role.COORDINATOR)

urlpatterns = [
    route("", home.home, name="home", get=PUBLIC),
    route("om/", pages.about, name="about", get=PUBLIC),
    route("personvern/", privacy.privacy, name="privacy", get=PUBLIC),
    route("personvern/protokoll/", privacy.processing, name="processing", get=SIGNED_IN),
    route("kom-i-gang/", firstrun.first_run, name="first-run", get=PUBLIC, post=PUBLIC),
    route("gruppa/", pages.my_group, name="group", get=SIGNED_IN),
    route("drift/logg/", log.log_page, name="log", get=OPERATOR),
    route("drift/logg/fil/", log.log_file, name="log-file", post=OPERATOR),
    route("organisasjoner/", organisations.organisations, name="organisations", get=SETS_UP, post=SETS_UP),
    route("organisasjoner/enhet/", organisations.unit_new, name="unit-new", get=SETS_UP, post=SETS_UP),
    route("s/", views.process_list, name="processes", get=SIGNED_IN),
    route("s/ny/", views.process_new, name="process-new", get=SIGNED_IN, post=SIGNED_IN),
    route("s/<slug:process>/", process.process_page, name="process", get=in_process()),
    route(
        "s/<slug:process>/formal/",
        views.process_purpose,
        name="process-purpose",
        get=COORDINATOR,
        post=COORDINATOR,
    ),
    route("s/<slug:process>/rom-til/", views.room_new, name="room-new", get=COORDINATOR, post=COORDINATOR),
    route("s/<slug:process>/folk/", views.process_people, name="process-people", get=COORDINATOR),
    route(
        "s/<slug:process>/folk/ny/",
        views.process_invite,
        name="process-invite",
        get=COORDINATOR,
        post=COORDINATOR,
    ),
    route(
        "s/<slug:process>/folk/<uuid:membership>/slutt/",
        views.member_end,
        name="member-end",
        get=COORDINATOR,
        post=COORDINATOR,
    ),
    route(
        "s/<slug:process>/plass/<uuid:seat>/slutt/",
        views.seat_end,
        name="seat-end",
        get=COORDINATOR,
        post=COORDINATOR,
    ),
    *keeping_urls.urlpatterns,
]
