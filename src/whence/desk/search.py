"""Full-text search: SQLite's FTS5 or PostgreSQL's own, behind one function.

The indexes are made after migrations, beside the tables that they index, and kept by the database itself: they can be
dropped and made again at any time.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import connections
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_migrate

__all__ = ["LONGEST", "about", "connect", "make_indexes", "matching"]

LONGEST = 200
"""Characters of a query; the rest is not looked at."""

_MOST_WORDS = 12

# Model: the column that is searched.
_COLUMNS = {"story": "title", "statement": "text", "note": "text", "source": "label"}

_WORD = re.compile(r'"[^"]+"|[\w’\'-]+')


def about(query: str, path: str = "") -> Q:
    """Return the filter for stories that hold all words of a query in their headline, or in one of their statements.

    Args:
        query: as of `matching`.
        path: of Django's lookups that leads from the rows to their story, with its underscores; "" for stories.

    Raises:
        ValueError: when the query has no word.
    """
    from whence.desk.models import (
        Statement,  # which are not there yet while the app that connects the indexes is loaded
    )

    said = Statement.objects.filter(current=True, pk__in=matching("statement", query)).values("story_id")
    return Q(**{f"{path}pk__in": matching("story", query)}) | Q(**{f"{path}pk__in": said})


def matching(kind: str, query: str) -> RawSQL:
    """Return the primary keys of rows that hold all words of a query, for `filter(pk__in=…)`.

    Args:
        kind: story, statement, note or source.
        query: words, the last of which may be a beginning; words between quotation marks stand together. Small and
            capital letters are the same, and with SQLite letters with and without accents.

    Raises:
        ValueError: when the query has no word.
    """
    parts = [part.strip("\"'’-") for part in _WORD.findall(query[:LONGEST])]
    parts = [part for part in parts if any(c.isalnum() for c in part)][:_MOST_WORDS]
    if not parts:
        raise ValueError("a search needs a word")
    table = f"desk_{kind}"
    # The last word may be the beginning of one, as it is while somebody types.
    if connections["default"].vendor == "postgresql":
        query_of = "phraseto_tsquery('simple', %s)"
        asked = " && ".join([*[query_of] * (len(parts) - 1), f"(nullif({query_of}::text, '') || ':*')::tsquery"])
        sql = f"SELECT id FROM {table} WHERE {_vector(kind)} @@ ({asked})"  # noqa: S608
        return RawSQL(sql, parts)  # noqa: S611
    words = " ".join('"' + part.replace('"', " ") + '"' for part in parts)
    sql = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s"  # noqa: S608
    return RawSQL(sql, [words + "*"])  # noqa: S611


def _vector(kind: str) -> str:
    return f"to_tsvector('simple', {_COLUMNS[kind]})"


def make_indexes(using: str = "default") -> None:
    """Make the indexes that are missing, and fill them.

    Args:
        using: the database, by its name in the settings.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        for kind, column in _COLUMNS.items():
            table = f"desk_{kind}"
            if connection.vendor == "postgresql":
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_words ON {table} USING gin ({_vector(kind)})")
            elif connection.vendor == "sqlite":
                cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = %s", [f"{table}_words_made"])
                if not cursor.fetchone()[0]:
                    _make_fts(cursor, table, column)


def _make_fts(cursor: Any, table: str, column: str) -> None:
    """Make a table of words over a column, and triggers that keep it (sqlite.org/fts5.html, section 4.4.3)."""
    words = f"{table}_words"
    gone = f"INSERT INTO {words}({words}, rowid, {column}) VALUES ('delete', old.id, old.{column})"  # noqa: S608
    made = f"INSERT INTO {words}(rowid, {column}) VALUES (new.id, new.{column})"  # noqa: S608
    cursor.execute(f"DROP TABLE IF EXISTS {words}")
    cursor.execute(
        f"CREATE VIRTUAL TABLE {words} USING fts5({column}, content='{table}', content_rowid='id', "
        'tokenize="unicode61 remove_diacritics 2")'
    )
    for name, when, what in (
        ("made", "INSERT", made),
        ("gone", "DELETE", gone),
        ("changed", f"UPDATE OF {column}", f"{gone}; {made}"),
    ):
        cursor.execute(f"DROP TRIGGER IF EXISTS {words}_{name}")
        cursor.execute(f"CREATE TRIGGER {words}_{name} AFTER {when} ON {table} BEGIN {what}; END")
    cursor.execute(f"INSERT INTO {words}({words}) VALUES ('rebuild')")  # noqa: S608


def _migrated(sender: Any, using: str, **_: Any) -> None:
    make_indexes(using)


def connect() -> None:
    """Make the indexes after each migration."""
    from django.apps import apps

    post_migrate.connect(_migrated, sender=apps.get_app_config("desk"), dispatch_uid="desk-search")
