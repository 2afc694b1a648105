"""Planted histories: invented stories of invented outlets, whose way is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from whence.trace.components import components
from whence.trace.facts import Facts, facts_of
from whence.trace.meaning import Meaning, explain
from whence.trace.scan import scan
from whence.trace.scanned import Scanned
from whence.trace.shared import Shared
from whence.trace.speakers import quotes_in

LEAST_PROSE = 12

DAM = [
    "Engineers in Port Aurel found a crack of forty metres in the upper wall of the Selwyn dam on Tuesday morning.",
    "The reservoir behind it holds enough water to flood three villages within an hour if the wall should give way.",
    "Water has been let out through both spillways since noon, and the road below the dam is closed to all traffic.",
    "Two earlier inspections, carried out in spring and in autumn, had listed the wall as sound and needing no repair.",
    "The company that built the dam eleven years ago has since been wound up, and its records cannot be found.",
    "Families from the lowest village spent the night in a school gymnasium lent by the neighbouring district.",
    "A second team with divers and cameras is expected before the weekend to look at the foot of the wall.",
    "Fishermen on the lake said that the water had turned brown some days before anybody noticed the crack.",
]
FERRY = [
    "The evening ferry to Little Orrin has been taken out of service after rust was found in its main car deck.",
    "Some two hundred islanders who work on the mainland must now leave an hour earlier and change boats twice.",
    "The replacement, a vessel built for day trips, carries no lorries, so that shops on Orrin expect empty shelves.",
    "The operator has asked the regional council for a loan to buy a second-hand ship that lies idle in Tessal.",
]
QUOTE = "“We warned the ministry twice last year that the wall was moving, and nobody came to look at our readings,”"


@dataclass(frozen=True)
class Page:
    outlet: str | None
    published: str | None
    text: str


def story(headline: str, *paragraphs: str) -> str:
    return "\n\n".join([headline, *paragraphs])


def trace(pages: Sequence[Page]) -> tuple[Facts, Shared, Meaning]:
    """What a trace makes of some pages, with a plain aligner in the engine's place."""
    words = np.array([len(p.text.split()) for p in pages], dtype=np.int64)
    facts = facts_of(
        Scanned.of([scan(p.text) for p in pages]),
        ids=[str(i) for i in range(len(pages))],
        outlets=[p.outlet for p in pages],
        published=[p.published for p in pages],
        words=words,
        chars=np.array([len(p.text) for p in pages], dtype=np.int64),
    )
    shared = align(pages, facts)
    strong = shared.pairs["strong"]
    label = components(len(pages), shared.pairs["a"][strong], shared.pairs["b"][strong])
    families = {
        int(s): int(label[s])
        for pair in zip(shared.pairs["a"][strong], shared.pairs["b"][strong], strict=True)
        for s in pair
    }
    return facts, shared, explain(facts, shared, families, LEAST_PROSE)


def align(pages: Sequence[Page], facts: Facts) -> Shared:
    """Passages of eight words or more, word for word, by difflib."""
    passages: list[dict[str, int]] = []
    pairs: list[dict[str, float]] = []
    tokens = [_tokens(p.text) for p in pages]
    for a in range(len(pages)):
        for b in range(a + 1, len(pages)):
            matcher = SequenceMatcher(None, [w for w, *_ in tokens[a]], [w for w, *_ in tokens[b]], autojunk=False)
            rows = []
            for i, j, n in matcher.get_matching_blocks():
                if n < 8:
                    continue
                quotes = [facts.quotes.quote(a, k) for k in range(len(quotes_in(pages[a].text)))]
                quoted = sum(any(q.span[0] <= at < q.span[1] for q in quotes) for _, at, _ in tokens[a][i : i + n])
                rows.append(
                    {
                        "a": a, "b": b, "a_start": tokens[a][i][1], "a_end": tokens[a][i + n - 1][2],
                        "b_start": tokens[b][j][1], "b_end": tokens[b][j + n - 1][2],
                        "words": n, "prose": n - quoted, "quotation": quoted,
                    }
                )  # fmt: skip
            if rows:
                total = {name: sum(r[name] for r in rows) for name in ("words", "prose", "quotation")}
                shares = total["words"] / int(facts.words[a]), total["words"] / int(facts.words[b])
                passages += sorted(rows, key=lambda r: r["a_start"])
                pairs.append(
                    {"a": a, "b": b, **total, "a_share": shares[0], "b_share": shares[1],
                     "strong": total["prose"] >= LEAST_PROSE and max(shares) >= 0.3, "crowd": False}
                )  # fmt: skip
    return Shared.of(len(pages), _columns(passages, _P), _columns(pairs, _Q))


_P = ("a", "b", "a_start", "a_end", "b_start", "b_end", "words", "prose", "quotation")
_Q = ("a", "b", "words", "prose", "quotation", "a_share", "b_share", "strong", "crowd")


def _columns(rows: list[dict[str, float]] | list[dict[str, int]], names: Sequence[str]) -> dict[str, np.ndarray]:
    return {name: np.array([r[name] for r in rows]) for name in names}


def _tokens(text: str) -> list[tuple[str, int, int]]:
    out, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        out.append((word.strip(".,“”\"'").lower(), at, at + len(word)))
        at += len(word)
    return out
