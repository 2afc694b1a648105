"""An append-only public log of the desk's facts: Merkle tree, tiles, signed checkpoints, proofs, audits.

RFC 9162 says how entries are hashed into a tree, C2SP tlog-tiles how the tree is published as files, C2SP signed-note
and tlog-checkpoint how its head is signed, RFC 8785 how a fact is written down. Nothing here knows a web framework.
"""

from whence.ledger.audit import Audit
from whence.ledger.checkpoints import Checkpoint, read_checkpoint
from whence.ledger.database import DatabaseStorage
from whence.ledger.entries import KINDS, Entry, canonical, commitment
from whence.ledger.keys import load_or_make_key, next_key
from whence.ledger.log import Appended, Log
from whence.ledger.mirror import mirror
from whence.ledger.notes import Signer, Verifier
from whence.ledger.paths import CHECKPOINT
from whence.ledger.proofs import grew_from, holds
from whence.ledger.proving import evidence_of
from whence.ledger.storage import FolderStorage, Storage
from whence.ledger.transaction import TransactionStorage
from whence.ledger.tree import Tree

__all__ = [
    "CHECKPOINT",
    "KINDS",
    "Appended",
    "Audit",
    "Checkpoint",
    "DatabaseStorage",
    "Entry",
    "FolderStorage",
    "Log",
    "Signer",
    "Storage",
    "TransactionStorage",
    "Tree",
    "Verifier",
    "canonical",
    "commitment",
    "evidence_of",
    "grew_from",
    "holds",
    "load_or_make_key",
    "mirror",
    "next_key",
    "read_checkpoint",
]
