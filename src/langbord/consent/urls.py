"""Addresses of consent. Each declares who may come, with `route()`."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
