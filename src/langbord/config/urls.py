"""Every address of the product. Each app declares its own, with who may come; a system check refuses the rest."""

from __future__ import annotations

from django.urls import include, path

from langbord.access.routes import PUBLIC, route
from langbord.web import health

urlpatterns = [
    route("healthz", health.healthz, name="healthz", get=PUBLIC),
    route("readyz", health.readyz, name="readyz", get=PUBLIC),
    path("", include("langbord.web.urls")),
    path("", include("langbord.people.urls")),
    path("", include("langbord.library.urls")),
    path("", include("langbord.library.urls_words")),
    path("", include("langbord.processes.urls")),
    path("", include("langbord.consent.urls")),
    path("", include("langbord.rooms.urls")),
    path("", include("langbord.inputs.urls")),
    path("", include("langbord.gatherings.urls")),
    path("", include("langbord.stories.urls")),
    path("", include("langbord.guides.urls")),
    path("", include("langbord.inviting.urls")),
    path("", include("langbord.firstmeeting.urls")),
    path("", include("langbord.learning.urls")),
    path("", include("langbord.followup.urls")),
    path("", include("langbord.research.urls")),
    path("", include("langbord.leaving.urls")),
    path("", include("langbord.demo.urls")),
]

handler400 = "langbord.web.errors.not_understood"
handler403 = "langbord.web.errors.forbidden"
handler404 = "langbord.web.errors.not_found"
handler500 = "langbord.web.errors.server_error"
