"""Readings for others to see and use: HTML, terminal, JSON, Web Annotation, brat, rows, notebooks.

Importing this package imports none of the libraries that single formats need: Rich comes with first use.
"""

from whence.publish.annotation import to_annotation, to_annotation_json
from whence.publish.brat import CONFIGURATION as BRAT_CONFIGURATION
from whence.publish.brat import to_brat
from whence.publish.html import to_html
from whence.publish.json import json_line, to_json, write_json_lines
from whence.publish.notebook import to_notebook
from whence.publish.table import ROW_SCHEMA, rows
from whence.publish.terminal import terminal_text, to_terminal

__all__ = [
    "BRAT_CONFIGURATION",
    "ROW_SCHEMA",
    "json_line",
    "rows",
    "terminal_text",
    "to_annotation",
    "to_annotation_json",
    "to_brat",
    "to_html",
    "to_json",
    "to_notebook",
    "to_terminal",
    "write_json_lines",
]
