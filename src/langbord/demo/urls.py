"""The example's own address."""

from __future__ import annotations

from langbord.access.enums import Role
from langbord.access.routes import route, somewhere

from . import views

urlpatterns = [
    route(
        "eksempel/fjern/",
        views.remove,
        name="example-remove",
        get=somewhere(Role.COORDINATOR),
        post=somewhere(Role.COORDINATOR),
    ),
]
