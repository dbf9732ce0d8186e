"""Addresses about how long things are kept."""

from __future__ import annotations

from langbord.access.enums import Role
from langbord.access.routes import OPERATOR, SIGNED_IN, in_process, route

from . import keeping

COORDINATOR = in_process(Role.COORDINATOR)
SETS_RESEARCH = in_process(Role.COORDINATOR, Role.RESEARCHER)

urlpatterns = [
    route("meg/hvor-lenge/", keeping.keeping, name="keeping", get=SIGNED_IN),
    route("drift/hvor-lenge/", keeping.lengths_for_all, name="lengths", get=OPERATOR, post=OPERATOR),
    route("s/<slug:process>/hvor-lenge/", keeping.process_keeping, name="process-keeping", get=in_process()),
    route(
        "s/<slug:process>/hvor-lenge/endre/",
        keeping.process_length,
        name="process-length",
        get=COORDINATOR,
        post=COORDINATOR,
    ),
    route(
        "s/<slug:process>/avslutt/",
        keeping.process_close,
        name="process-close",
        get=COORDINATOR,
        post=COORDINATOR,
    ),
    route("s/<slug:process>/apne-igjen/", keeping.process_reopen, name="process-reopen", post=COORDINATOR),
    route(
        "s/<slug:process>/siste-dag/",
        keeping.research_end,
        name="research-end",
        get=SETS_RESEARCH,
        post=SETS_RESEARCH,
    ),
]
