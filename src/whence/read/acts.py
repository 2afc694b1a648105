"""The speech act of each statement: what its source does in saying it (docs/reference/acts.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whence.read.act_content import accuses, act_of_content, says_there_is_none
from whence.read.act_lexicon import CALLED_FALSE, PHRASES, QUALITIES, RULES, WORDS
from whence.read.component import Component
from whence.read.document import Document, Draft
from whence.read.wording import stems
from whence.records import Act, Quote
from whence.text.normalise import fold
from whence.text.offsets import Span

__all__ = ["ACTS", "Decision", "act_of"]

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_NEGATED = re.compile(r"(?:\b(?:not|never|nor|without|no|cannot|neither|hardly)|n't)(?: \w+){0,1} $")
_CALLING = re.compile(
    r"\b(?:call|calls|called|calling|describ\w+|label\w*|dubb\w+|dub|deem\w*|term\w*|characteri[sz]\w+|portray\w*|brand|brands|branded|branding)\b"
)
_DIRECTED = re.compile(
    r"^\W*(?:(?:for|upon|that)\b|on (?!\w+day\b)|(?!who|what|when|where|why|how|if|whether|"
    r"about)(?:[\w'.-]+ ){0,7}to (?!(?:what|why|how|the|a|his|her|its|their)\b)\w+)"
)
_QUESTION = re.compile(r"^\W*(?:whether|if|who|whom|whose|what|which|when|where|why|how|about)\b")
_OFFER = re.compile(
    r"\b(?:offers?|proposals?|requests?|appeals?|calls|invitations?|bids?|demands?|petitions?|motions?|bill|applications?|compromise|plans?|deal)\b"
)
_ASKED_FOR = re.compile(r"\b(?:appeals?|calls|requests?|demands?|petitions?|offers?)\b")
_FUTURE = re.compile(r"\b(?:will|would|won't|shall)\b|'ll\b")
_ONE_BODY = frozenset(
    "states nations times news motors airlines systems industries holdings brothers emirates netherlands "
    "philippines services forces affairs sports".split()
)
_CHARGING = re.compile(
    r"\b(?:police|prosecut(?:ors?|ion)|detectives?|investigators?|indictment|charge sheet|court (?:papers|documents|"
    r"filings)|lawsuit|complaint|plaintiffs?|victims?|district attorney|attorney general)\b"
)
_BACK = 30  # sentences before a statement in which that is looked for
_MATTER = 2  # words that must recur before "there is no ..." is taken for an answer
_AFTER_HEAD = re.compile(r"\b(?:of|for|from|in|by|on|at|to|who|which)\b|,")
_INTENDED = re.compile(r"^\W*to \w+")


@dataclass(frozen=True, slots=True)
class Decision:
    """A speech act, the rule that gave it, and the words it was given for."""

    act: Act
    rule: str
    evidence: tuple[Span, ...] = ()


def act_of(
    text: str,
    cue: tuple[Span, ...],
    content: tuple[Span, ...],
    quote: Quote | None = None,
    source: tuple[Span, ...] = (),
) -> Decision:
    """Decide what a source does in making a statement.

    What the cue says decides; the content decides where the cue is neutral ("said", "according to") or missing.

    Args:
        text: the story.
        cue: the words that attribute, as pieces; may be empty.
        content: the words of the statement, as pieces in text order.
        quote: how much of the content is quoted, where known.
        source: the words that name the source: "it" in an indirect statement may be they.
    """
    words = fold(" ".join(text[a:b] for a, b in content))
    said = fold(" ".join(text[a:b] for a, b in cue)).strip()
    decided = _by_cue(said, _after(text, cue, content), words)
    if decided is not None:
        return Decision(decided[0], decided[1], cue)
    speaker = fold(" ".join(text[a:b] for a, b in source))
    found = act_of_content(words, quote, _is_plural(speaker))
    if (
        found is not None
        and found[0] in ("predict", "promise")
        and RULES.search(_AFTER_HEAD.split(speaker, maxsplit=1)[0])
    ):
        return Decision("assert", "a rule says what holds, not what will be", cue)
    if found is None and re.search(r"\bclaim(?:s|ed|ing)?\b", said) and (wrong := accuses(words)) is not None:
        return Decision("accuse", "it is claimed that somebody did wrong", _at(content, text, *wrong))
    if found is None and _CHARGING.search(speaker) and (wrong := accuses(words, others=True)) is not None:
        return Decision("accuse", "whoever brings charges says that somebody did wrong", _at(content, text, *wrong))
    if found is None:
        return Decision("assert", "no word of cue or content says otherwise", cue)
    act, rule, start, end = found
    return Decision(act, rule, _at(content, text, start, end))


def _after(text: str, cue: tuple[Span, ...], content: tuple[Span, ...]) -> str:
    """The two words behind the cue, where they belong to neither cue nor content: “called [on] …”."""
    if not cue:
        return ""
    end = cue[-1][1]
    stop = min((a for a, _ in content if a >= end), default=end)
    return fold(text[end : min(stop, end + 12)]) if stop - end < 12 else ""


def _by_cue(said: str, behind: str, words: str) -> tuple[Act, str] | None:
    """What the cue says, None where it is neutral."""
    if not said:
        return None
    whole = f"{said} {behind.strip()}".strip()
    if _CALLING.search(said) and not re.search(r"\bcall\w* (?:\w+ )?(?:for|on|upon)\b", whole):
        if re.match(r"\W*(?:for|upon)\b|\W*on (?!\w+day\b)", words) and re.search(r"\bcall", said):
            return "demand", 'the cue is "call" with "for" or "on"'
        return _called(said, words)
    for pattern, act in PHRASES:
        if pattern.search(whole):
            if act == "decline" and re.search(r"\bdeclin\w+ (?:in|of|by)\b", said):
                continue
            return act, f'the cue is "{said}"'
    hits = [m for m in _WORD.finditer(said) if m.group() in WORDS]
    # “filed a complaint accusing them”: the participle tells what the noun before it is for.
    # and “offered congratulations”: the noun behind tells what is offered.
    hits.sort(
        key=lambda m: (m.group().startswith("offer"), not (m.group().endswith("ing") and m.start() > 0), m.start())
    )
    for match in hits:
        act = WORDS[match.group()]
        if _NEGATED.search(said[: match.start()]):
            return "assert", f'"{match.group()}" is negated in the cue'
        return _refined(act, match.group(), said, words), f'the cue holds "{match.group()}"'
    if re.search(r"\bwants?\b|\bwanted\b|\bseek(?:s|ing)?\b|\bsought\b", said):
        return (
            None
            if _INTENDED.match(words) or said.endswith(" to")
            else ("demand", "the cue says what is wanted of others")
        )
    return None


def _called(said: str, words: str) -> tuple[Act, str]:
    """What it is to call something by the words of the content."""
    found = sorted((m.start(), act, m.group()) for act, p in QUALITIES.items() if (m := p.search(words)))
    if CALLED_FALSE.search(words):
        return "deny", "a claim is called untrue"
    if found:
        _, act, word = found[0]
        return act, f'it is called "{word}"'
    if re.search(r"\bbrand", said):
        return "condemn", f'the cue is "{said}"'
    return "assert", "it is called by a name that neither praises nor condemns"


def _refined(act: Act, word: str, said: str, words: str) -> Act:
    """The act of a cue whose word has several, by what follows it."""
    if act == "ask" and word.startswith(("ask", "quer", "inquir", "enquir")):
        if _QUESTION.match(words) or words.rstrip(" \"'").endswith("?"):
            return "ask"
        return "demand" if _DIRECTED.match(words) or said.endswith(" to") else "ask"
    if act == "deny" and word.startswith("reject") and _OFFER.search(words):
        return "decline"
    if act == "deny" and word.startswith("dismiss") and _ASKED_FOR.search(words):
        return "decline"
    if act == "promise" and word.startswith(("assur", "reassur")) and not _FUTURE.search(words):
        return "assert"
    if act == "promise" and word.startswith("offer") and not _INTENDED.match(words) and not said.endswith(" to"):
        return "promise" if re.match(r"\W*(?:help|aid|support|money|a |an |up |free|\$)", words) else "assert"
    return act


def _is_plural(source: str) -> bool:
    """Whether the words that name a source name several."""
    words = source.split()
    return bool(words) and (
        "and" in words
        or words[-1] in {"they", "we", "people"}
        or (words[-1].endswith("s") and words[-1] not in _ONE_BODY)
    )


def _at(content: tuple[Span, ...], text: str, start: int, end: int) -> tuple[Span, ...]:
    """Offsets in the story of a stretch of the content's pieces as joined by one space."""
    at = 0
    out: list[Span] = []
    for a, b in content:
        low, high = max(start, at), min(end, at + b - a)
        if low < high:
            out.append((a + low - at, a + high - at))
        at += b - a + 1
    return tuple(out)


def _decide(document: Document, draft: Draft) -> Decision:
    if draft.voice == "own":
        return Decision("assert", "the outlet's own voice asserts")
    return act_of(document.text, draft.cue, draft.content, draft.quote, draft.source)


def _in_context(document: Document, draft: Draft, decision: Decision) -> Decision:
    """The act of a statement that there is none of what the page spoke of before: it denies that there is."""
    if draft.voice == "own" or decision.act != "assert":
        return decision
    words = " ".join(document.words(c) for c in draft.content)
    matter = frozenset(stems(says_there_is_none(fold(words)) or ""))
    if len(matter) < _MATTER:
        return decision
    before = [s for s in document.sentences if s[1] <= draft.span[0]]
    spoken_of = next((s for s in (*before[:1], *before[-_BACK:]) if matter <= set(stems(document.words(s)))), None)
    if spoken_of is None:
        return decision
    return Decision("deny", "it says that there is none of what was spoken of", draft.content[:1])


def _apply(document: Document) -> None:
    for draft in document.drafts:
        decision = _in_context(document, draft, _decide(document, draft))
        draft.act = decision.act
        document.explain(draft, f"act={decision.act}", "acts", decision.rule, evidence=decision.evidence)


ACTS = Component(
    name="acts",
    requires=frozenset({"story", "sentences", "drafts", "draft.quote"}),
    assigns=frozenset({"draft.act"}),
    apply=_apply,
)
"""Sets the speech act of all drafts."""
