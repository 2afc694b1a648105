"""Verifying what a community published: its whole log, or one story's record, from nothing but the published files.

Here two stages meet: the ledger says which facts are in the log, consensus what follows from them.
"""

from whence.verification.discovery import Found, find_record
from whence.verification.files import log_files
from whence.verification.log import Runs, VerifiedLog, verify_log
from whence.verification.record import VerifiedRecord, verify_record
from whence.verification.scoring import SCORER

__all__ = [
    "SCORER",
    "Found",
    "Runs",
    "VerifiedLog",
    "VerifiedRecord",
    "find_record",
    "log_files",
    "verify_log",
    "verify_record",
]
