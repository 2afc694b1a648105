"""An honest record over an honest log in memory: what tests copy and tamper with."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.verification import community as made
from whence.ledger import Verifier
from whence.publish.record_json import read_record, to_record_json
from whence.verification import VerifiedRecord, verify_record

KEY = made.SIGNER.verifier
Value = dict[str, Any]


class Files:
    """A log in memory, to copy and tamper with."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def get(self, path: str) -> bytes | None:
        return self.files.get(path)

    def commit(self, files: dict[str, bytes], checkpoint: bytes, obsolete: object = ()) -> None:
        self.files |= files | {"checkpoint": checkpoint}

    def writing(self) -> Files:
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass

    def copy(self) -> Files:
        found = Files()
        found.files = dict(self.files)
        return found


FILES = Files()
COMMUNITY, RECORD = made.community(FILES)
VALUE: Value = json.loads(to_record_json(RECORD))


def verified(value: Value, files: Files | None = FILES, key: Verifier | None = KEY) -> VerifiedRecord:
    record = read_record(json.dumps(value).encode())
    return verify_record(record, None if files is None else files.get, key)


def fresh() -> Value:
    copy: Value = json.loads(json.dumps(VALUE))
    return copy
