"""What the desk remembers. One resource a file; services/ are the only code that writes."""

from whence.desk.models.generation import Generation
from whence.desk.models.hooks import Webhook
from whence.desk.models.limit import Tally
from whence.desk.models.log import LogFile, LogSubject
from whence.desk.models.moderation import Appeal, ModerationAct, Report
from whence.desk.models.note import Anchor, Evidence, Note
from whence.desk.models.people import User
from whence.desk.models.rating import Rating
from whence.desk.models.scoring import NoteScore, ScoringRun, StatusChange
from whence.desk.models.statement import Source, Statement
from whence.desk.models.story import Byline, Outlet, Story, Version

__all__ = [
    "Anchor",
    "Appeal",
    "Byline",
    "Evidence",
    "Generation",
    "LogFile",
    "LogSubject",
    "ModerationAct",
    "Note",
    "NoteScore",
    "Outlet",
    "Rating",
    "Report",
    "ScoringRun",
    "Source",
    "Statement",
    "StatusChange",
    "Story",
    "Tally",
    "User",
    "Version",
    "Webhook",
]
