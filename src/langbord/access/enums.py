"""The words the walls are written in: kinds of rooms, roles, and the power to decide in somebody's case."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class RoomKind(models.TextChoices):
    """A place in a process with a fixed audience. `data-room` on screen carries the value."""

    PEER = "peer", _("likemannsrommet")
    GROUP = "group", _("ressursgruppa")
    SERVICE = "service", _("tjenesterommet")
    JOINT = "joint", _("rundt bordet")
    STEERING = "steering", _("styringsgruppa")
    RESEARCH = "research", _("følgeforskning")
    CROSS = "cross", _("mellom oss")
    BOARD = "board", _("tavla")


def shown_room_name(kind: str, name: str) -> str:
    """What a room is called on screen. The board has one name everywhere, also where a process began with another."""
    return gettext("Tavla") if kind == RoomKind.BOARD else name


CITIZEN_ROOMS = frozenset({RoomKind.PEER, RoomKind.GROUP})
"""Rooms that belong to citizens: a process may have several of them, each with a door of its own."""


class Role(models.TextChoices):
    """What somebody is in one process. Rights never add up across processes."""

    CITIZEN = "citizen", _("innbygger")
    PAID = "paid", _("lønnet medvirker")
    HOST = "host", _("vert")
    DAILY_LEADER = "daily_leader", _("daglig leder")
    EMPLOYEE = "employee", _("offentlig ansatt")
    PARTNER = "partner", _("samarbeidspartner")
    COORDINATOR = "coordinator", _("koordinator")
    LEADER = "leader", _("leder")
    RESEARCHER = "researcher", _("følgeforsker")
    MENTOR = "mentor", _("mentor")


OUTSIDE = frozenset({Role.MENTOR})
"""Roles that stand outside the process: they read no room, not the board either, and no page of a process opens to them.
The actor keeps them apart from its sittings, so that whatever asks who takes part never meets them."""

CITIZEN_SIDE = frozenset({Role.CITIZEN, Role.PAID})
SERVICE_SIDE = frozenset({Role.EMPLOYEE, Role.PARTNER, Role.COORDINATOR, Role.LEADER})
HOST_SIDE = frozenset({Role.HOST, Role.DAILY_LEADER})
SEATED_IN_SERVICE = SERVICE_SIDE - {Role.LEADER}
"""Those of the service who sit at the table: a leader gives time and support, and sits elsewhere."""


def side_of(roles: Iterable[str]) -> str:
    """Where somebody with these roles is counted, once: `citizen`, `service`, `host`, or nowhere."""
    held = frozenset(roles)
    if held & CITIZEN_SIDE:
        return "citizen"
    if held & SEATED_IN_SERVICE:
        return "service"
    return "host" if held & HOST_SIDE else ""


AT_WORK = frozenset({Role.EMPLOYEE, Role.COORDINATOR, Role.DAILY_LEADER, Role.LEADER})
"""Roles that people have because they work in the service. Where somebody is registered is not enough: they may have
stopped there (decisions 0024, 0025)."""


class Side(models.TextChoices):
    """Which side of the table an input comes from. Hosts belong to neither."""

    CITIZENS = "citizens", _("innbyggerne")
    SERVICE = "service", _("tjenesten")


class CasePower(models.TextChoices):
    """What a person can do with a citizen's own case. It is power, not employment, that keeps someone out."""

    NONE = "none", _("verken slår opp i eller bestemmer i saker")
    LOOKS_UP = "looks_up", _("kan slå opp i saker")
    DECIDES = "decides", _("bestemmer i saker")
