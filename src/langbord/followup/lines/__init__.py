"""The board as it is shown: what was said, where it stands, and what happened, in as few queries whatever the length."""

from .board import PAGE, Board, board, latest_cases
from .cases import CaseLine, Trail, case_on, lines_of, sealed_in, trail_of
from .receiving import asked_in, asking_line, received_line, receiving_on
from .tasks import TaskLine, tasks_of
from .waiting import Waiting, promised_in, promises_of, waiting_cases, waiting_for
from .words import LOOKS, SHORT, as_day, is_nameless, name_of, shortened

__all__ = [
    "LOOKS",
    "PAGE",
    "SHORT",
    "Board",
    "CaseLine",
    "TaskLine",
    "Trail",
    "Waiting",
    "as_day",
    "asked_in",
    "asking_line",
    "board",
    "case_on",
    "is_nameless",
    "latest_cases",
    "lines_of",
    "name_of",
    "promised_in",
    "promises_of",
    "received_line",
    "receiving_on",
    "sealed_in",
    "shortened",
    "tasks_of",
    "trail_of",
    "waiting_cases",
    "waiting_for",
]
