"""The public log's head."""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpRequest
from ninja import Router

from whence.desk.api.schemas import LogOut
from whence.desk.services import facts
from whence.desk.services.records import absolute

__all__ = ["router"]

router = Router()


@router.get("", response={200: LogOut}, summary="The public log")
def show(request: HttpRequest) -> dict[str, Any]:
    """The log's size, root, signed checkpoint and first key; its files are under `url` (C2SP tlog-tiles)."""
    checkpoint, note = facts.log().head()
    return {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": base64.b64encode(checkpoint.root).decode(),
        "checkpoint": note,
        "key": facts.first_key(),
        "url": absolute("/log"),
    }
