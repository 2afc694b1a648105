"""Ingest: stories out of text, pages, URLs, feeds, web archives and JSONL.

Importing this package loads no third party's library: the parts that need one import it when they are called.
"""

from whence.ingest.failure import Failure
from whence.ingest.many import load_many
from whence.ingest.open import load
from whence.ingest.plain import from_text
from whence.ingest.policy import Policy, local_policy

__all__ = ["Failure", "Policy", "from_text", "load", "load_many", "local_policy"]
