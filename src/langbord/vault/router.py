from __future__ import annotations

from typing import Any

from django.db import models

VAULT = "vault"


class VaultRouter:
    """Keeps the keys in a database of their own, and everything else out of it.

    The two are backed up apart: whoever has a copy of one of them has nobody's words.
    """

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return VAULT if model._meta.app_label == VAULT else None

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        return VAULT if model._meta.app_label == VAULT else None

    def allow_relation(self, a: models.Model, b: models.Model, **hints: Any) -> bool | None:
        inside = {a._meta.app_label == VAULT, b._meta.app_label == VAULT}
        return False if len(inside) == 2 else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == VAULT) == (app_label == VAULT)
