"""The kernels' readable twins: words, fingerprints and alignment in plain Python; their files explain the method."""

from __future__ import annotations

from collections import defaultdict

from whence.trace.letters import ALONE, BREAK, SILENT, folded
from whence.trace.words import word_hash

__all__ = ["plain_align", "plain_chosen", "plain_fingerprints", "plain_spans", "plain_words"]

_WORD = 1 << 64
_BASE = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9
_OCCURRENCES = 16
_BEHIND = 24

Block = tuple[int, int, int]
"""Where a common run begins in a and in b, and its length."""


def plain_spans(text: str) -> list[tuple[str, int, int]]:
    """A text's words: folded form, begin and end in code points."""
    words: list[tuple[str, int, int]] = []
    form, begin, end = "", -1, 0
    for at, letter in enumerate(text):
        role, own = folded(letter)
        if begin >= 0 and role in (BREAK, ALONE):
            words.append((form, begin, end))
            form, begin = "", -1
        if role == ALONE:
            words.append((own, at, at + 1))
        elif role not in (BREAK, SILENT):
            if begin < 0:
                begin = at
            form += own
            end = at + 1
    if begin >= 0:
        words.append((form, begin, end))
    return words


def plain_words(text: str) -> list[int]:
    """A text's words as numbers."""
    return [word_hash(form) for form, _, _ in plain_spans(text)]


def plain_fingerprints(words: list[int], shingle: int, window: int) -> set[int]:
    """The smallest shingle hash of every window; of all shingles where they do not fill one."""
    hashes = _shingles(words, shingle)
    if not hashes:
        return set()
    return {min(hashes[k : k + window]) for k in range(max(1, len(hashes) - window + 1))}


def plain_chosen(words: list[int], shingle: int, window: int) -> list[tuple[int, int]]:
    """Fingerprints in order, each with the place of its shingle: of equals the first, until it leaves the window."""
    hashes = _shingles(words, shingle)
    out: list[tuple[int, int]] = []
    spot = -1
    for at in range(len(hashes)):
        low = max(0, at - window + 1)
        chosen = spot < low or hashes[at] < hashes[spot]
        if spot < low:
            spot = min(range(low, at + 1), key=lambda k: (hashes[k], -k))
        elif chosen:
            spot = at
        full = at == min(window, len(hashes)) - 1
        if full or (chosen and at >= window - 1):
            out.append((hashes[spot], spot))
    return out


def _shingles(words: list[int], shingle: int) -> list[int]:
    hashes = []
    for k in range(len(words) - shingle + 1):
        mixed = 0
        for word in words[k : k + shingle]:
            mixed = (mixed * _BASE + word + 1) % _WORD
        mixed = (mixed ^ mixed >> 31) * _MIX % _WORD
        hashes.append(mixed ^ mixed >> 29)
    return hashes


def plain_align(
    a: list[int | None], b: list[int | None], *, least: int, anchor: int, gap: int
) -> list[tuple[int, int, int, int, int]]:
    """Passages of two stories: begin and end in a, begin and end in b, words in common; None equals no word."""
    blocks = _blocks(a, b, anchor)
    longest = max((length for _, _, length in blocks), default=0)
    if longest < anchor or 2 * sum(length for _, _, length in blocks) < least:
        return []
    score, back = _scores(blocks, gap)
    used = [False] * len(blocks)
    out: list[tuple[int, int, int, int, int]] = []
    while True:
        open_ends = [t for t in range(len(blocks)) if not used[t] and score[t] >= 0.6 * least]
        if not open_ends:
            return sorted(out, key=lambda row: row[0])
        best = max(open_ends, key=lambda t: (score[t], -t))
        chain = [best]
        while back[chain[-1]] >= 0 and not used[back[chain[-1]]]:
            chain.append(back[chain[-1]])
        for t in chain:
            used[t] = True
        at_a, at_b, length = blocks[best]
        end_a, end_b = next_a, next_b = at_a + length, at_b + length
        words = 0
        for t in chain:
            at_a, at_b, length = blocks[t]
            kept = min(length, next_a - at_a, next_b - at_b)
            words += kept + _common(a[at_a + kept : next_a], b[at_b + kept : next_b])
            next_a, next_b = at_a, at_b
        if words < least or max(blocks[t][2] for t in chain) < anchor:
            continue
        taken_a = sum(max(0, min(end_a, row[1]) - max(next_a, row[0])) for row in out)
        taken_b = sum(max(0, min(end_b, row[3]) - max(next_b, row[2])) for row in out)
        if 2 * taken_a > end_a - next_a or 2 * taken_b > end_b - next_b:
            continue
        out.append((next_a, end_a, next_b, end_b, words))


def _blocks(a: list[int | None], b: list[int | None], anchor: int) -> list[Block]:
    places: dict[tuple[int | None, ...], list[int]] = defaultdict(list)
    for i in range(len(a) - 2):
        if None not in a[i : i + 3]:
            places[tuple(a[i : i + 3])].append(i)
    blocks: list[Block] = []
    diagonal = 0
    j = 0
    while j + 3 <= len(b):
        best, place = 0, -1
        for i in places.get(tuple(b[j : j + 3]), [])[:_OCCURRENCES]:
            length = _run(a, b, i, j)
            if length > best or (length == best and abs(i - j - diagonal) < abs(place - j - diagonal)):
                best, place = length, i
        if place < 0:
            j += 1
            continue
        left = 0
        while min(place, j) > left and b[j - left - 1] is not None and a[place - left - 1] == b[j - left - 1]:
            left += 1
        block = (place - left, j - left, best + left)
        last = blocks[-1] if blocks else (0, 0, -1)
        inside = last[0] - last[1] == block[0] - block[1] and block[1] + block[2] <= last[1] + last[2]
        if not inside:
            blocks.append(block)
            diagonal = block[0] - block[1]
        j += best if best >= anchor else 1
    return blocks


def _run(a: list[int | None], b: list[int | None], i: int, j: int) -> int:
    length = 0
    while i + length < len(a) and j + length < len(b) and b[j + length] is not None and a[i + length] == b[j + length]:
        length += 1
    return length


def _scores(blocks: list[Block], gap: int) -> tuple[list[float], list[int]]:
    score: list[float] = []
    back: list[int] = []
    for t, (at_a, at_b, length) in enumerate(blocks):
        score.append(length)
        back.append(-1)
        for p in range(t - 1, max(-1, t - _BEHIND - 1), -1):
            if at_a <= blocks[p][0] or at_b <= blocks[p][1]:
                continue
            between = [at_a - blocks[p][0] - blocks[p][2], at_b - blocks[p][1] - blocks[p][2]]
            trim = max(0, -min(between))
            far = max(between) + trim
            total = score[p] + length - trim - (0.5 * far + 0.1)
            if trim < length and far <= gap and total > score[t]:
                score[t], back[t] = total, p
    return score, back


def _common(a: list[int | None], b: list[int | None]) -> int:
    """Length of the longest common subsequence; 0 where either stretch has one word or none."""
    if len(a) < 2 or len(b) < 2:
        return 0
    row = [0] * (len(b) + 1)
    for word in a:
        before = 0
        for j, other in enumerate(b):
            same = word is not None and word == other
            before, row[j + 1] = row[j + 1], before + 1 if same else max(row[j], row[j + 1])
    return row[-1]
