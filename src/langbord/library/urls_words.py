"""The address where a text is looked over. Open to all: it keeps nothing."""

from __future__ import annotations

from langbord.access.routes import PUBLIC, route

from . import views_words

urlpatterns = [
    route("bibliotek/ord/sjekk/", views_words.check_words, name="word-check", get=PUBLIC, post=PUBLIC),
]
