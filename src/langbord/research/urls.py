"""Addresses of research reading."""

from __future__ import annotations

from langbord.access.enums import Role
from langbord.access.routes import SIGNED_IN, in_process, route

from . import views

RESEARCHER = in_process(Role.RESEARCHER)

urlpatterns = [
    route("s/<slug:process>/materiale/", views.material_page, name="research-material", get=RESEARCHER),
    route("s/<slug:process>/materiale/fil/", views.material_file, name="research-file", post=RESEARCHER),
    route("meg/forskning/", views.my_openings, name="me-openings", get=SIGNED_IN),
]
