"""The page with the button that takes the example away."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from langbord.people.signin.links import example_data
from langbord.web.notfound import or_404

from . import folder


def remove(request: HttpRequest) -> HttpResponse:
    """Says what will happen; the button does it. Only on example data, where everybody is invented."""
    or_404(example_data())
    if request.method == "POST":
        logout(request)
        folder.clear()
        return redirect("first-run")
    return render(request, "demo/remove.html")
