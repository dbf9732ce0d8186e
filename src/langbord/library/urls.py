"""Addresses of the library. Reading is open to all; they are permanent: people link to them and print them."""

from __future__ import annotations

from langbord.access.routes import PUBLIC, SETS_UP, route

from . import views, views_own

urlpatterns = [
    route("bibliotek/", views.front, name="library", get=PUBLIC),
    route("bibliotek/sok/", views.find, name="library-search", get=PUBLIC),
    route("bibliotek/veileder/", views.guide, name="library-guide", get=PUBLIC),
    route("bibliotek/veileder/<slug:key>/", views.section, name="library-section", get=PUBLIC),
    route("bibliotek/punkt/<slug:key>/", views.point, name="library-point", get=PUBLIC),
    route("bibliotek/kurs/", views.course, name="library-course", get=PUBLIC),
    route("bibliotek/kurs/<slug:key>/", views.unit, name="library-unit", get=PUBLIC),
    route("bibliotek/hylle/<slug:key>/", views.shelf, name="library-shelf", get=PUBLIC),
    route("bibliotek/ark/<slug:key>/", views.sheet, name="library-sheet", get=PUBLIC),
    route("bibliotek/begynne/", views.templates, name="library-templates", get=PUBLIC),
    route("bibliotek/begynne/<slug:key>/", views.template, name="library-template", get=PUBLIC),
    route("bibliotek/brev/", views.letters, name="library-letters", get=PUBLIC),
    route("bibliotek/ord/", views.words, name="library-words", get=PUBLIC),
    route("bibliotek/kilder/", views.about_sources, name="library-sources", get=PUBLIC),
    route("bibliotek/eget/", views_own.organisations, name="library-own-which", get=SETS_UP),
    route("bibliotek/eget/<uuid:organisation>/", views_own.own, name="library-own", get=SETS_UP),
    route(
        "bibliotek/eget/<uuid:organisation>/nytt/",
        views_own.new,
        name="library-own-new",
        get=SETS_UP,
        post=SETS_UP,
    ),
    route(
        "bibliotek/eget/<uuid:organisation>/<slug:key>/",
        views_own.point,
        name="library-own-point",
        get=SETS_UP,
        post=SETS_UP,
    ),
    route(
        "bibliotek/eget/<uuid:organisation>/<slug:key>/tilbake/",
        views_own.back,
        name="library-own-back",
        get=SETS_UP,
        post=SETS_UP,
    ),
]
