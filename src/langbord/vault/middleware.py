from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from langbord.vault import keys


class KeyRingMiddleware:
    """One ring of keys per request, forgotten when the response is made. Place it outside all that reads
    words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with keys.ring():
            return self.get_response(request)
