"""Addresses of *Fortell*. Somebody without a place in any process only finds what they once wrote."""

from langbord.access.routes import SIGNED_IN, in_process, route

from . import views, views_words

DRAFT = "fortell/<uuid:piece>/"
WORDS = "s/<slug:process>/rom/<uuid:room>/ord/"
MEMBER = in_process()

urlpatterns = [
    route("fortell/", views.tell, name="tell", get=SIGNED_IN, post=SIGNED_IN),
    route("fortell/kladd/", views.tell_autosave, name="tell-autosave", post=SIGNED_IN),
    route(DRAFT, views.draft, name="draft", get=SIGNED_IN),
    route(DRAFT + "del/", views.share_draft, name="share-draft", post=SIGNED_IN),
    route(DRAFT + "kast/", views.throw_away, name="throw-away", post=SIGNED_IN),
    route(WORDS, views_words.room_words, name="room-words", get=MEMBER, post=MEMBER),
    route(WORDS + "<uuid:piece>/", views_words.word_explain, name="word-explain", post=MEMBER),
]
