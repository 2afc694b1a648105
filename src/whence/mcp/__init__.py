"""A Model Context Protocol server: assistants ask where news comes from, and cite it, instead of guessing.

Tools only read. `tools` holds them as plain functions; `server` offers them by the protocol's SDK, the extra `mcp`.
"""

from whence.mcp.answers import Checks, Note, Notes, Said, StoryRead
from whence.mcp.records import RecordSource
from whence.mcp.tools import Tools

__all__ = ["Checks", "Note", "Notes", "RecordSource", "Said", "StoryRead", "Tools"]
