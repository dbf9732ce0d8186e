"""Two answers for those who watch over the installation: alive, and able to serve. No detail to anybody."""

from __future__ import annotations

import logging

from django.contrib.auth import get_user_model
from django.db import connections
from django.http import HttpRequest, HttpResponse

from langbord.vault import startup
from langbord.vault.models import DataKey

log = logging.getLogger("langbord.web.health")


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers. Asks nothing of anything."""
    return _plain("ok")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when both databases answer and the key files belong to them; 503 otherwise, the reason only in the log."""
    try:
        for alias, model in (("default", get_user_model()), ("vault", DataKey)):
            connection = connections[alias]
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(model._meta.db_table)} LIMIT 1")
        problem = startup.problem()
    except Exception:
        log.exception("not ready")
        return _plain("not ready", 503)
    if problem is not None:
        log.error("not ready: the keys are not right")
        return _plain("not ready", 503)
    return _plain("ready")


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(
        text + "\n", content_type="text/plain", status=status, headers={"Cache-Control": "no-store"}
    )
