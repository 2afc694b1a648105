"""Build `gold.json` of each annotated story from its `annotation.toml`: phrases in, character offsets out.

usage: python tests/stories/build.py [--show] [STORY ...]

An annotation names words of the story, never offsets. Its phrases are looked up so:

- `"first words ... last words"` is the stretch from the first words to the next place where the last words stand;
- a phrase stands in the story exactly once, or carries its occurrence (`"the sources#2"`) or its surroundings, with
  brackets around the words that are meant (`"flatly denies [it]"`);
- a cue without `#` is the occurrence nearest to the statement's content, outside it; `by` (the words that name the
  source in this attribution) without `#` is the occurrence nearest to the cue, outside the content.

An attributed row is `indirect` and an `assert` unless it says otherwise; `act = "any"` leaves the act unscored, for
statements whose act two careful readers would name differently.

`--show` prints every span in words, which is how an annotation is proof-read.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ABOUT = (
    "Gold reading of story.txt, built from annotation.toml by build.py. Offsets are into the decoded text. "
    "'required' rows must be found; the others are neither rewarded nor punished. 'pieces' where the content is split."
)
Span = tuple[int, int]


class AnnotationError(ValueError):
    """A phrase of an annotation does not stand in the story as it should."""


def stories(names: list[str] | None = None) -> list[Path]:
    """The folders of the annotated stories, sorted by name; all of them where no names are given."""
    found = sorted(p.parent for p in HERE.glob("*/annotation.toml"))
    return [p for p in found if not names or p.name in names]


def occurrences(text: str, phrase: str) -> list[Span]:
    """Every place where `phrase` stands in `text`, not inside a longer word.

    Raises:
        AnnotationError: it stands nowhere.
    """
    if around := re.fullmatch(r"(.*)\[(.+)\](.*)", phrase):
        before, words, after = map(re.escape, around.groups())
        last = ""
        pattern = f"(?<={before})" + words + f"(?={after})"
    else:
        first, _, last = phrase.partition(" ... ")
        pattern = _bounded(first)
    spans = []
    for m in re.finditer(pattern, text):
        if not last:
            spans.append(m.span())
        elif end := re.compile(_bounded(last)).search(text, m.end()):
            spans.append((m.start(), end.end()))
    if not spans:
        raise AnnotationError(f"the story has no {phrase!r}")
    return spans


def _bounded(words: str) -> str:
    left = r"(?<!\w)" if words[0].isalnum() else ""
    right = r"(?!\w)" if words[-1].isalnum() else ""
    return left + re.escape(words) + right


def numbered(text: str, phrase: str) -> Span | None:
    """The span of `"words#n"`; None where the phrase carries no number."""
    words, mark, n = phrase.rpartition("#")
    if not mark or not n.isdigit():
        return None
    found = occurrences(text, words)
    if int(n) > len(found):
        raise AnnotationError(f"{words!r} stands {len(found)} times in the story, not {n}")
    return found[int(n) - 1]


def only(text: str, phrase: str) -> Span:
    """The span of a phrase that stands once, or that carries its number.

    Raises:
        AnnotationError: the phrase stands several times and carries no number.
    """
    if span := numbered(text, phrase):
        return span
    found = occurrences(text, phrase)
    if len(found) > 1:
        raise AnnotationError(f"{phrase!r} stands {len(found)} times in the story: give it a number, '#1'")
    return found[0]


def nearest(text: str, phrase: str, to: list[Span], outside: list[Span]) -> Span:
    """The occurrence of a phrase that is nearest to some spans and outside others, or the numbered one.

    Raises:
        AnnotationError: there is none, or two are equally near.
    """
    if span := numbered(text, phrase):
        return span
    ranked = sorted(
        (min(max(c - b, a - d, 0) for c, d in to), (a, b))
        for a, b in occurrences(text, phrase)
        if not any(a < d and c < b for c, d in outside)
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        raise AnnotationError(f"{phrase!r} has no single nearest place to {text[slice(*to[0])]!r}: give it a number")
    return ranked[0][1]


def as_list(value: str | list[str] | None) -> list[str]:
    """One name or several, as a list."""
    return [] if value is None else [value] if isinstance(value, str) else value


def build_statement(text: str, row: dict[str, Any], mentions: dict[str, set[Span]]) -> dict[str, Any]:
    """One row of the gold; the mentions that it names are added to `mentions`."""
    pieces = [only(text, p) for p in as_list(row["content"])]
    source = as_list(row.get("source"))
    out: dict[str, Any] = {"content": [pieces[0][0], pieces[-1][1]]}
    if len(pieces) > 1:
        out["pieces"] = [list(p) for p in pieces]
    cue = nearest(text, row["cue"], pieces, pieces) if "cue" in row else None
    required = row.get("required", True)
    for name, by in zip(source, as_list(row.get("by")), strict=False):
        mention = nearest(text, by, [cue] if cue else pieces, pieces)
        # A mention that only an optional row needs must not be asked of a reading that leaves the row out.
        if required:
            mentions[name].add(mention)
    out |= {"source": source, "cue": list(cue) if cue else None, "required": required}
    out["kind"] = row.get("kind", "indirect") if source else "own-voice"
    if source and row.get("act") != "any":
        out["act"] = row.get("act", "assert")
    for key in ("chain_has", "hedges", "distancing", "loaded", "figure", "time", "nested", "id", "denies"):
        if key in row:
            out[key] = row[key]
    words = text[slice(*out["content"])]
    if source and words.startswith("that "):
        out["content_min"] = words.removeprefix("that ")
    return out


def build(folder: Path) -> dict[str, Any]:
    """The gold reading of one story.

    Raises:
        AnnotationError: a phrase is not found, or is found too often.
    """
    text = (folder / "story.txt").read_text(encoding="utf-8")
    note = tomllib.loads((folder / "annotation.toml").read_text(encoding="utf-8"))
    mentions: dict[str, set[Span]] = {
        name: {only(text, m) for m in src.pop("also", [])} for name, src in note["sources"].items()
    }
    mentions["unspecified"] = set()
    rows = [build_statement(text, row, mentions) for row in note["statements"]]
    rows.sort(key=lambda r: (r["content"][0], -r["content"][1]))
    gold: dict[str, Any] = {"about": ABOUT, "published": note["published"]}
    head = note["headline"]
    gold["headline"] = {"span": list(only(text, head["text"] + "#1")), "named_support": head["named_support"]}
    gold["badges"] = [
        {"span": list(only(text, b["text"])), "checker": b.get("checker"), "evidence": b.get("evidence", [])}
        for b in note.get("badges", [])
    ]
    by = note.get("byline")
    gold["byline"] = by and {"name": by["name"], "articles": by.get("articles"), "span": list(only(text, by["span"]))}
    gold["page_outlet"] = note.get("page_outlet")
    gold["sources"] = {
        name: {**src, "mentions": [list(m) for m in sorted(mentions[name])]} for name, src in note["sources"].items()
    }
    gold["sources"]["unspecified"] = {"label": None, "naming": "unspecified", "mentions": []}
    gold["statements"] = rows
    gold["findings"] = note["findings"]
    return gold


def to_json(gold: dict[str, Any]) -> str:
    """The gold as the text of its file."""
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def show(folder: Path, gold: dict[str, Any]) -> str:
    """Every span of a gold reading in words."""
    text = (folder / "story.txt").read_text(encoding="utf-8")
    lines = [f"== {folder.name}: {len(text.split())} words, {len(gold['statements'])} statements"]
    for name, src in gold["sources"].items():
        lines.append(f"  {name} [{src['naming']}]: " + " | ".join(text[a:b] for a, b in src["mentions"]))
    spanned = ("content", "pieces", "source", "cue", "kind", "act", "required", "content_min")
    for row in gold["statements"]:
        pieces = row.get("pieces", [row["content"]])
        cue = text[slice(*row["cue"])] if row["cue"] else None
        lines.append(f"- {' + '.join(row['source']) or 'OWN'} / {cue} / {row['kind']} {row.get('act', '')}")
        lines.append("    " + " ~ ".join(text[a:b] for a, b in pieces))
        if rest := {k: v for k, v in row.items() if k not in spanned}:
            lines.append(f"    {rest}")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Build the golds of the stories named, or of all."""
    for folder in stories([a for a in arguments if not a.startswith("--")]):
        try:
            gold = build(folder)
        except AnnotationError as error:
            sys.exit(f"{folder.name}: {error}")
        (folder / "gold.json").write_text(to_json(gold), encoding="utf-8")
        if "--show" in arguments:
            print(show(folder, gold))


if __name__ == "__main__":
    main(sys.argv[1:])
