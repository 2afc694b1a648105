"""The frame of our smaller pages: a whole HTML document in the report's style, without script."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from whence.publish.html.markup import Markup, attribute, tag
from whence.publish.html.policy import policy
from whence.publish.safe import scalar

__all__ = ["document"]


@cache
def _style() -> str:
    return files("whence.publish.html").joinpath("report.css").read_text(encoding="utf-8")


def document(title: str, body: Markup) -> str:
    """A whole page that needs nothing else.

    Args:
        title: what its window is called.
        body: the content of its body.
    """
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy(_style())),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", Markup(attribute(f"{title} – whence"))),
        Markup(f"<style>{_style()}</style>"),
    )
    return scalar("<!doctype html>\n" + tag("html", head, tag("body", body), lang="en") + "\n")
