"""Addresses of learning, each with who may come. Whose note, round or question it is, is asked by the gate in each view."""

from __future__ import annotations

from langbord.access.routes import SIGNED_IN, in_process, route

from . import views_course, views_labs, views_mentor, views_reflection, views_unit

STEP = "laering/kurs/<slug:unit>/<slug:step>/"
IN = "s/<slug:process>/laering/"
ROUND = IN + "runde/<uuid:round>/"
MEMBER = in_process()

urlpatterns = [
    # -- the course, alone
    route("laering/", views_course.learning, name="learning", get=SIGNED_IN),
    route("laering/kurs/<slug:unit>/", views_course.unit_page, name="course-unit", get=SIGNED_IN),
    route("laering/papir/<slug:unit>/", views_course.unit_print, name="course-print", get=SIGNED_IN),
    route(STEP, views_course.step_page, name="course-step", get=SIGNED_IN, post=SIGNED_IN),
    route(STEP + "heng-opp/", views_course.hang, name="course-hang", get=SIGNED_IN, post=SIGNED_IN),
    # -- reflection, alone
    route(
        "laering/refleksjon/<slug:sheet>/",
        views_reflection.reflection,
        name="reflection",
        get=SIGNED_IN,
        post=SIGNED_IN,
    ),
    route(
        "laering/merker/<uuid:marks>/kast/",
        views_reflection.reflection_throw,
        name="reflection-throw",
        post=SIGNED_IN,
    ),
    route(
        "laering/lagt/<uuid:laid>/ta-tilbake/",
        views_reflection.laid_take_back,
        name="laid-take-back",
        post=SIGNED_IN,
    ),
    # -- what a unit asks itself
    route("laering/enhet/", views_unit.unit_log, name="unit-log", get=SIGNED_IN, post=SIGNED_IN),
    route(
        "laering/enhet/<uuid:entry>/ta-bort/",
        views_unit.unit_take_away,
        name="unit-take-away",
        post=SIGNED_IN,
    ),
    # -- together, in the service room of a process
    route(IN, views_labs.together, name="learning-together", get=MEMBER),
    route(IN + "verksted/nytt/", views_labs.lab_new, name="lab-new", get=MEMBER, post=MEMBER),
    route(IN + "verksted/<uuid:lab>/", views_labs.lab_page, name="lab", get=MEMBER),
    route(IN + "samtale/begynn/", views_labs.talks_begin, name="talks-begin", post=MEMBER),
    route(IN + "samtale/<uuid:plan>/", views_labs.talks, name="talks", get=MEMBER),
    route(IN + "runde/ny/", views_reflection.round_open, name="round-open", post=MEMBER),
    route(ROUND, views_reflection.round_page, name="round", get=MEMBER),
    route(ROUND + "legg/", views_reflection.round_lay, name="round-lay", post=MEMBER),
    route(ROUND + "ta-tilbake/", views_reflection.round_take_back, name="round-take-back", post=MEMBER),
    route(ROUND + "lukk/", views_reflection.round_close, name="round-close", post=MEMBER),
    route(ROUND + "sammen/", views_reflection.round_together, name="round-together", post=MEMBER),
    # -- the mentor
    route("s/<slug:process>/mentor/", views_mentor.mentor, name="mentor", get=MEMBER, post=MEMBER),
    route("mentor/", views_mentor.inbox, name="mentor-inbox", get=SIGNED_IN),
    route("mentor/<uuid:question>/", views_mentor.question, name="mentor-question", get=SIGNED_IN),
    route("mentor/<uuid:question>/svar/", views_mentor.answer, name="mentor-answer", post=SIGNED_IN),
    route(
        "mentor/<uuid:question>/ta-tilbake/", views_mentor.take_back, name="mentor-take-back", post=SIGNED_IN
    ),
    route(
        "mentor/svar/<uuid:answer>/ta-tilbake/",
        views_mentor.answer_take_back,
        name="mentor-answer-take-back",
        post=SIGNED_IN,
    ),
    route("mentor/slutt/<slug:slug>/", views_mentor.step_down, name="mentor-step-down", post=SIGNED_IN),
]
