"""Addresses of *Fortell*. Somebody without a place in any process only finds what they once wrote."""

from langbord.access.routes import SIGNED_IN, route

from . import views

DRAFT = "fortell/<uuid:piece>/"

urlpatterns = [
    route("fortell/", views.tell, name="tell", get=SIGNED_IN, post=SIGNED_IN),
    route("fortell/kladd/", views.tell_autosave, name="tell-autosave", post=SIGNED_IN),
    route(DRAFT, views.draft, name="draft", get=SIGNED_IN),
    route(DRAFT + "del/", views.share_draft, name="share-draft", post=SIGNED_IN),
    route(DRAFT + "kast/", views.throw_away, name="throw-away", post=SIGNED_IN),
]
