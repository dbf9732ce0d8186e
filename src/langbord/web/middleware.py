"""Nobody meets a blank page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .errors import not_found


class WayOnMiddleware:
    """The address of a form, opened as a page, answers 405 and would be blank: a telephone that closed the tab after a
    form was refused opens it so again. It gets a page with the way on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        page = not_found(request)
        page.status_code = 405
        page.headers["Allow"] = response.headers["Allow"]
        return page
