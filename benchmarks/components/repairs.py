"""What each repair of attributions changes on PolNeAR dev: `python -m benchmarks.components.repairs [FILE.jsonl.gz]`.

For each rule alone, and for all: attributions whole and exact, and with content and source overlapping by Jaccard 0.8,
before and after.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from benchmarks.attribution.__main__ import DATA
from benchmarks.attribution.corpus import blocks_of, gold_of, load_rows
from benchmarks.attribution.metric import Count, pairs
from whence.read.annotations import Attribution
from whence.read.document import Document
from whence.read.repairs import RULES, repair
from whence.read.tagger import Tagger
from whence.records import Paragraph, Story
from whence.text.sentences import sentences

__all__ = ["documents", "main"]


def documents(rows: list[dict[str, Any]]) -> list[tuple[Document, list[Any]]]:
    """Documents with what the tagger sees in them, each with its gold attributions."""
    tagger = Tagger()
    out = []
    for row in rows:
        text = row["text"]
        blocks = blocks_of(text)
        doc = Document(Story(text, paragraphs=tuple(Paragraph(b, "body") for b in blocks)))
        doc.sentences = sentences(text, blocks)
        tagging = tagger.tag(text, blocks)
        doc.tokens, doc.entities = list(tagging.tokens), list(tagging.entities)
        doc.attributions = list(tagging.attributions)
        out.append((doc, gold_of(row)))
    return out


def _as_tagged(doc: Document, found: list[Attribution]) -> list[Attribution]:
    return found


def main(arguments: list[str]) -> int:
    """Print one line a rule; 2 where the data are absent."""
    path = Path(arguments[0]) if arguments else DATA
    if not path.is_file():
        print(f"no data at {path}: name the gzipped JSONL file of PolNeAR's dev split", file=sys.stderr)
        return 2
    read = documents(load_rows(path))
    print(f"{'':18}{'whole':>8}{'F1':>7}{'Jaccard .8':>12}{'F1':>7}{'found':>8}")
    chosen = [("as tagged", _as_tagged), *RULES, ("all", repair)]
    for name, rule in chosen:
        whole, near = Count(), Count()
        for doc, gold in read:
            found = rule(doc, list(doc.attributions))
            mine = {(a.source, a.cue, a.content) for a in found}
            theirs = {(g.source, g.cue, g.content) for g in gold}
            whole.add(len(mine & theirs), len(mine), len(theirs))
            near.add(pairs(found, gold, 0.8), len(found), len(gold))
        print(f"{name:18}{whole.right:8}{100 * whole.f1:7.2f}{near.right:12}{100 * near.f1:7.2f}{near.found:8}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
