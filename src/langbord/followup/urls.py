"""Addresses of the board. Each declares who may come, with `route()`."""

from __future__ import annotations

from django.urls import URLPattern

from langbord.access.enums import Role
from langbord.access.routes import in_process, route, somewhere

from . import views, views_receiving

BOARD = "s/<slug:process>/tavla/"
CASE = BOARD + "<uuid:case>/"
TASK = BOARD + "oppgave/<uuid:task>/"
RECEIVED = "s/<slug:process>/mottatt/"
ANY = in_process()
SERVING = in_process(Role.EMPLOYEE, Role.COORDINATOR, Role.LEADER)
COORDINATOR = in_process(Role.COORDINATOR)
ANSWERING = in_process(Role.CITIZEN, Role.PAID, Role.EMPLOYEE, Role.PARTNER, Role.COORDINATOR, Role.LEADER)

urlpatterns: list[URLPattern] = [
    route("lofter/", views.promises, name="promises", get=somewhere(*Role)),
    route(BOARD, views.board, name="board", get=ANY),
    route(BOARD + "vegg/", views.board_print, name="board-print", get=ANY),
    route(CASE, views.case, name="case", get=ANY),
    route(CASE + "svarer/", views.case_assign, name="case-assign", get=ANSWERING, post=ANSWERING),
    route(CASE + "svar/", views.case_answer, name="case-answer", get=ANSWERING, post=ANSWERING),
    route(CASE + "i-bruk/", views.case_use, name="case-use", get=ANSWERING, post=ANSWERING),
    route(CASE + "kom-tilbake/", views.case_came_back, name="case-came-back", get=ANSWERING, post=ANSWERING),
    route(CASE + "kommentar/", views.case_comment, name="case-comment", get=ANY, post=ANY),
    route(BOARD + "oppgave/ny/", views.task_new, name="task-new", get=ANY, post=ANY),
    route(TASK + "ta/", views.task_take, name="task-take", post=ANY),
    route(TASK + "slipp/", views.task_leave, name="task-leave", post=ANY),
    route(TASK + "gjort/", views.task_done, name="task-done", post=ANY),
    route(
        CASE + "til-arkivet/", views_receiving.case_receive, name="case-receive", get=SERVING, post=SERVING
    ),
    route(CASE + "ja-eller-nei/", views_receiving.case_yes, name="case-yes", get=ANY, post=ANY),
    route(CASE + "enige/", views_receiving.case_agreed, name="case-agreed", post=ANY),
    route(RECEIVED, views_receiving.received_list, name="received-list", get=COORDINATOR),
    route(RECEIVED + "fil/", views_receiving.received_export, name="received-export", post=COORDINATOR),
    route(RECEIVED + "<uuid:received>/", views_receiving.received, name="received", get=ANY),
    route(
        RECEIVED + "<uuid:received>/arkiv/",
        views_receiving.received_reference,
        name="received-reference",
        post=COORDINATOR,
    ),
]
