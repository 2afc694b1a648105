"""What each block of a page or text is: headline, badge, body, byline block or furniture."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from whence.ingest.badges import badge_line
from whence.ingest.byline import about_line, bio_name, bio_role, is_contact, is_credit, on_the_spot, signature
from whence.ingest.dates import DateLine, date_line
from whence.ingest.furniture import is_furniture, is_kicker
from whence.ingest.names import is_role
from whence.records import Badge, Byline, Role
from whence.text.offsets import Span

__all__ = ["Marks", "looks_like_headline", "mark"]

_TAIL = 14  # blocks at the end among which a signature or an author box is looked for
_HEAD = 8  # blocks under the headline among which a name may stand alone
_HEADLINE = (200, 32)  # characters and words that a headline has at most
_SENTENCE = 20  # words: with as many, and a full stop, a first block is a sentence of the body
_DATELINE = re.compile(r"[A-Z][^\W\d_a-z]+[^()—–:]{0,50}(?:\([^()]{2,30}\)\s{0,2})?\s?(?:[—–]|-{1,2}\s)\s{0,2}\S")
_MANY = re.compile(r"(?:[a-z\d]{3}|[)\"”'’])[.!?][\"”'’)]{0,2}\s+[\"“‘'(]?[A-Z]")
_ENDS = re.compile(r"[a-z\d]{3}\.[\"”'’)]{0,2}\s+[\"“‘'(]?[A-Z]")
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?(?:\s?[|:–—-]{0,2}\s?\S.{0,80}\?)?", re.IGNORECASE
)
_PREFIX = re.compile(r"(?:headline|title)\s?:\s", re.IGNORECASE)
_ROLE_LONGEST = 90  # characters of a line under a name that says what they do


@dataclass(slots=True)
class Marks:
    """Roles of blocks, in their order, and what the marked blocks say."""

    roles: list[Role]
    headline: int | None = None
    byline: Byline | None = None
    badges: list[Badge] = field(default_factory=list)
    published: str | None = None
    undated: bool = False


def looks_like_headline(line: str, *, alone: bool) -> bool:
    """Whether a first block has the shape of a headline and not of a paragraph.

    Args:
        line: the block.
        alone: nothing follows it; then it is the article.
    """
    words = line.split()
    if alone or len(line) > _HEADLINE[0] or len(words) > _HEADLINE[1]:
        return False
    # "Who won? Your questions answered" is one headline; a line that ends in a full stop is running text.
    many = _MANY if line.rstrip("\"'”’").endswith(".") else _ENDS
    if many.search(line) or _DATELINE.match(line):
        return False
    return not (line.rstrip("\"'”’").endswith(".") and len(words) >= _SENTENCE)


def mark(
    text: str,
    blocks: Sequence[Span],
    *,
    headline: bool = True,
    given: Mapping[int, Role] | None = None,
    signed: Collection[int] = (),
) -> Marks:
    """Give each block its role, and read what badges, bylines and lines of dates say.

    Args:
        text: the text that the spans refer to.
        blocks: spans of its paragraphs, in order.
        headline: whether the first block may be the headline.
        given: roles that are known already, by index of the block.
        signed: indices of blocks of which the page says that they name an author.

    Returns:
        One role a block, in their order; and the headline's index, byline, badges and date.
    """
    marks = Marks(["body"] * len(blocks))
    given = given or {}
    lines = [text[a:b] for a, b in blocks]
    first = _head(marks, text, lines, blocks) if headline else 0
    in_head = True
    for i in range(first, len(blocks)):
        role = given.get(i)
        if role is None:
            role = _role(marks, lines, blocks, i, near_head=in_head and i - first < _HEAD, signed=i in signed)
        if role == "headline":
            marks.headline = i
        marks.roles[i] = role
        # A standfirst may stand between headline and byline: two blocks of body end the head.
        in_head = in_head and marks.roles[first : i + 1].count("body") < 2
    _tail(marks, text, lines, blocks)
    if "body" not in marks.roles and marks.headline is not None:
        # Nothing but a headline: then its sentence is the story.
        marks.roles[marks.headline], marks.headline = "body", None
    return marks


def _head(marks: Marks, text: str, lines: list[str], blocks: Sequence[Span]) -> int:
    """Find the headline; the index of the block after it."""
    for i, line in enumerate(lines[:_HEAD]):
        if badge_line(line) or date_line(line) or signature(line):
            return i
        if is_furniture(line) or (is_kicker(line) and i + 1 < len(lines) and _heads(lines, i + 1)):
            marks.roles[i] = "furniture"
            continue
        if looks_like_headline(line, alone=not any(not is_furniture(n) for n in lines[i + 1 :])):
            marks.roles[i] = "headline"
            marks.headline = i
            return i + 1
        return i
    return 0


def _heads(lines: list[str], i: int) -> bool:
    line = lines[i]
    plain = not (badge_line(line) or date_line(line) or signature(line) or is_furniture(line))
    return plain and looks_like_headline(line, alone=i + 1 == len(lines))


def _role(marks: Marks, lines: list[str], blocks: Sequence[Span], i: int, *, near_head: bool, signed: bool) -> Role:
    line, at = lines[i], blocks[i][0]
    badge = badge_line(line)
    if badge is not None:
        marks.badges.append(Badge(blocks[i], badge.checker))
        return "badge"
    day = date_line(line)
    if day is not None:
        if near_head or day.labelled:
            _date(marks, day)
        return "furniture"
    near_tail = signed or i >= len(lines) - _TAIL
    if near_head or near_tail:
        sign = signature(line, bare=signed)
        after = lines[i + 1] if i + 1 < len(lines) else ""
        if sign is None and near_head and (date_line(after) or _names_role(after) or is_contact(after)):
            sign = signature(line, bare=True)
        if sign is None and near_head and marks.headline is not None and marks.byline is None:
            sign = on_the_spot(line, "\n".join(lines[:i] + lines[i + 1 :]))
            if sign is None and ("@" in line or "," in line):
                # "Jane Doe, Chief Reporter" signs by its title, even where nothing says "by".
                sign = signature(line, bare=True)
                sign = sign if sign is not None and (sign.role or "@" in line) else None
        if sign is not None and (near_head or signed or _ends(lines, i)):
            if marks.byline is None:
                span = (at + sign.span[0], at + sign.span[1])
                marks.byline = Byline(sign.name, sign.role, None, span)
            if sign.date is not None:
                _date(marks, sign.date)
            return "byline"
        previous_signs = i > 0 and marks.roles[i - 1] == "byline"
        if near_head and previous_signs and is_contact(line):
            return "byline"
        if near_head and previous_signs and _names_role(line):
            if marks.byline is not None and marks.byline.role is None:
                marks.byline = _with(marks.byline, role=line.strip())
            return "byline"
    # Clock times and the questions beside them part the entries of a live blog.
    return "furniture" if is_furniture(line) or _CLOCK.fullmatch(line.strip()) else "body"


def _names_role(line: str) -> bool:
    return len(line) <= _ROLE_LONGEST and is_role(line) and line.rstrip()[-1:] not in '.!?"”:' and line[:1].isupper()


def _ends(lines: list[str], i: int) -> bool:
    """Whether a signature at `i` closes the story: what follows it is short or about its author."""
    return all(
        is_furniture(n)
        or about_line(n)
        or is_credit(n)
        or date_line(n)
        or badge_line(n)
        or signature(n)
        or bio_name(n, "I")
        or bio_name(n, None)
        or is_role(n)
        for n in lines[i + 1 :]
    )


def _tail(marks: Marks, text: str, lines: list[str], blocks: Sequence[Span]) -> None:
    """Mark the author box and the signature at the end, and read what they say."""
    start = max(len(lines) - _TAIL, 0)
    for i in range(start, len(lines)):
        about = about_line(lines[i]) if marks.roles[i] in ("body", "furniture") else None
        if about is not None and (about.name is not None or about.articles is not None or _is_box(lines, i)):
            _box(marks, text, lines, blocks, i)
            return
    # From the end backwards: credits, a biography, a bare name.
    for i in range(len(lines) - 1, start, -1):
        line, at = lines[i], blocks[i][0]
        if marks.roles[i] != "body":
            continue
        if is_credit(line):
            marks.roles[i] = "byline"
            continue
        name = bio_name(line, marks.byline.name if marks.byline else None)
        if name is None and marks.byline is None and (above := signature(lines[i - 1], bare=True)) is not None:
            name = bio_name(line, above.name)
        if name is not None:
            marks.roles[i] = "byline"
            known = marks.byline or Byline(name, span=_find(text, name, blocks[i]))
            marks.byline = _with(known, role=known.role or bio_role(line), about=blocks[i])
            continue
        sign = signature(line, bare=True)
        if sign is not None and (marks.byline is None or marks.byline.name.lower() == sign.name.lower()):
            marks.roles[i] = "byline"
            known = marks.byline or Byline(sign.name, sign.role, None, (at + sign.span[0], at + sign.span[1]))
            marks.byline = known
            continue
        return


def _is_box(lines: list[str], i: int) -> bool:
    return i + 1 < len(lines) and bio_name(lines[i + 1], "I") is not None


def _box(marks: Marks, text: str, lines: list[str], blocks: Sequence[Span], i: int) -> None:
    """An author box from block `i` to the end, with the name alone above it where it stands there."""
    about = about_line(lines[i])
    name, span, count = marks.byline.name if marks.byline else None, None, None
    if about is not None:
        count = about.articles
        if about.name is not None and about.span is not None:
            name, span = about.name, (blocks[i][0] + about.span[0], blocks[i][0] + about.span[1])
    if i > 0 and marks.roles[i - 1] in ("body", "byline"):
        above = signature(lines[i - 1], bare=True)
        if above is not None and (name is None or above.name.lower() == name.lower()):
            at = blocks[i - 1][0]
            name, span = above.name, (at + above.span[0], at + above.span[1])
            marks.roles[i - 1] = "byline"
    marks.roles[i] = "byline"
    tells = about is not None and about.name is not None and lines[i].rstrip().endswith(".")
    bio: Span | None = blocks[i] if tells else None
    for j in range(i + 1, len(lines)):
        if marks.roles[j] != "body":
            continue
        more = about_line(lines[j])
        if more is not None:
            count = count if count is not None else more.articles
        else:
            name = name or bio_name(lines[j], None)
            bio = (bio[0] if bio else blocks[j][0], blocks[j][1])
        marks.roles[j] = "byline"
    if name is None:
        return
    known = marks.byline
    if known is None or known.name.lower() != name.lower():
        known = known or Byline(name, span=span or _find(text, name, (blocks[i][0], blocks[-1][1])))
    words = text[bio[0] : bio[1]] if bio else ""
    marks.byline = Byline(known.name, known.role or bio_role(words), count, known.span, bio)


def _find(text: str, name: str, within: Span) -> Span | None:
    at = text.find(name, *within)
    return (at, at + len(name)) if at >= 0 else None


def _with(byline: Byline, *, role: str | None = None, about: Span | None = None) -> Byline:
    return Byline(byline.name, role or byline.role, byline.articles, byline.span, about or byline.about)


def _date(marks: Marks, day: DateLine) -> None:
    if day.value is None:
        marks.undated = True
    elif marks.published is None and not day.updated:
        marks.published = day.value
