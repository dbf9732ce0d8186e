"""Addresses of this app, each with who may come."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
