"""Readings for others to see and use: HTML, terminal, JSON, Web Annotation, brat, rows, notebooks.

Importing this package imports none of the libraries that single formats need: Rich comes with first use.
"""

from whence.publish.annotation import to_annotation, to_annotation_json
from whence.publish.brat import CONFIGURATION as BRAT_CONFIGURATION
from whence.publish.brat import to_brat
from whence.publish.checks import Matched
from whence.publish.echoes import echoes_text, echoes_to_html, echoes_to_json
from whence.publish.factchecks import export_factchecks, factcheck_lines
from whence.publish.html import to_html
from whence.publish.html.match_page import matches_to_html
from whence.publish.json import json_line, to_json, write_json_lines
from whence.publish.match_json import matches_to_json, story_matches_to_json
from whence.publish.match_terminal import matches_text, story_matches_text
from whence.publish.notebook import to_notebook
from whence.publish.table import ROW_SCHEMA, rows
from whence.publish.terminal import terminal_text, to_terminal
from whence.publish.worth import worth_text, worth_to_json

__all__ = [
    "BRAT_CONFIGURATION",
    "ROW_SCHEMA",
    "Matched",
    "echoes_text",
    "echoes_to_html",
    "echoes_to_json",
    "export_factchecks",
    "factcheck_lines",
    "json_line",
    "matches_text",
    "matches_to_html",
    "matches_to_json",
    "rows",
    "story_matches_text",
    "story_matches_to_json",
    "terminal_text",
    "to_annotation",
    "to_annotation_json",
    "to_brat",
    "to_html",
    "to_json",
    "to_notebook",
    "to_terminal",
    "worth_text",
    "worth_to_json",
    "write_json_lines",
]
