"""The content security policy of our pages."""

from __future__ import annotations

import base64
import hashlib

__all__ = ["policy"]


def policy(style: str, script: str | None = None) -> str:
    """A policy that allows a page's own style and script, by their hashes, and nothing else.

    Args:
        style: the text of its style element.
        script: the text of its script element, if it has one.
    """
    scripts = f" script-src {_hash(script)};" if script is not None else ""
    return f"default-src 'none'; style-src {_hash(style)};{scripts} img-src data:; base-uri 'none'; form-action 'none'"


def _hash(code: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode("ascii") + "'"
