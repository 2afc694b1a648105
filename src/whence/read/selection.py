"""Which attributions carry a statement: somebody's words or claim, not just an attitude towards a thing.

The tagger is trained on PolNeAR, which also annotates attitudes and events of communication ("voters like Ike", "was
profiled by the paper"). DESIGN.md's statement is narrower: a proposition attributed to a source. A cue's class and the
form of its content decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from whence.read.annotations import Token
from whence.records import Span

__all__ = ["CueClass", "cue_class", "decide", "is_utterance"]

CueClass = Literal["speech", "judgement", "belief", "attitude", "other"]

_SPEECH = """
accord acknowledge add admit advise allege announce answer apologise apologize argue articulate ask assert assure
boast brag caution chant charge chime cite claim clarify comment communicate complain concede conclude confess confide
confirm contend counsel counter declare decline demand deny describe detail dictate disclose discuss disclaim dismiss
dispute emphasise emphasize enquire enthuse estimate exclaim explain express find forecast gloat gripe grumble hint
imply indicate inform inquire insist instruct interject joke label lament maintain mention message moan murmur mutter
note observe offer opine order outline plead pledge point post predict proclaim profess promise pronounce propose
protest publish quip quote reaffirm reason reassure rebut recall recommend recount refute reiterate relate remark
remember remind repeat reply report request respond retort reveal rule say scream shout show sigh signal speculate
spell state stipulate stress submit suggest summarise summarize swear tell testify text theorise theorize threaten tip
tout tweet underline underscore urge vow volunteer warn whisper wonder write yell reckon conjecture hypothesise
hypothesize posit attest certify determine discover demonstrate project calculate concur agree dissent elaborate blog
""".split()

_JUDGEMENT = """
accuse applaud assail attack bash berate blame blast brand call castigate celebrate censure champion chide commend
condemn congratulate credit criticise criticize decry defend denounce deplore deride disavow disparage dub endorse
extol fault hail impugn lambast lash laud mock praise question rap rebuff rebuke refuse reject renounce repudiate
reproach ridicule salute scold slam thank vilify welcome hit rail rip
""".split()

_BELIEF = """
anticipate assume believe consider deem doubt expect fear feel foresee guess hold hope imagine judge know learn
perceive presume realise realize recognise recognize regard suppose suspect think understand view worry fret
envisage envision sense regret
""".split()

_ATTITUDE = """
aim back choose decide desire dislike enjoy favor favour hate intend like love oppose plan prefer push seek support
target try vote want wish need mean attempt refrain see adopt approve accept allow ban block appoint nominate hire elect
ignore focus sue sign cover profile follow enjoy embrace embarrass interest
""".split()

_NOUNS = {
    "speech": """
        accusation acknowledgement admission advice allegation announcement answer argument assertion assessment
        assurance claim comment complaint conclusion confession confirmation contention declaration demand denial
        description disclosure estimate explanation finding forecast hint insistence letter message note observation
        order
        pledge plea post prediction promise pronouncement proposal question quote rebuttal recommendation remark
        reminder
        reply report request response revelation rumour rumor ruling speech statement suggestion testimony theory threat
        tweet verdict vow warning word words call calls appeal""".split(),
    "judgement": """attack condemnation criticism denunciation endorsement praise rebuke rejection tribute""".split(),
    "belief": """belief conviction doubt expectation fear hope impression opinion suspicion view worry concern
        assumption""".split(),
}

_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "found": "find", "thought": "think",
    "felt": "feel", "knew": "know", "known": "know", "saw": "see", "seen": "see", "held": "hold", "swore": "swear",
    "sworn": "swear", "foresaw": "foresee", "shown": "show", "laid": "lay", "hit": "hit", "understood": "understand",
    "chose": "choose", "chosen": "choose", "meant": "mean", "sought": "seek", "spoke": "speak", "spoken": "speak",
    "denied": "deny", "denies": "deny", "replied": "reply", "replies": "reply", "implied": "imply", "implies": "imply",
    "clarified": "clarify", "testified": "testify", "decried": "decry", "worried": "worry", "vilified": "vilify",
    "certified": "certify", "according": "accord", "learnt": "learn", "read": "read", "forecast": "forecast",
}  # fmt: skip

_ALL: dict[str, CueClass] = {}
for _words, _name in ((_ATTITUDE, "attitude"), (_BELIEF, "belief"), (_JUDGEMENT, "judgement"), (_SPEECH, "speech")):
    for _word in _words:
        _ALL[_word] = _name  # type: ignore[assignment]
_NOUN_CLASS: dict[str, CueClass] = {word: name for name, words in _NOUNS.items() for word in words}  # type: ignore[misc]

_OWN = frozenset("you we i us me your our my".split())
_MODAL = re.compile(r"\b(?:can|could|may|might|must|should|would)\b", re.IGNORECASE)
_ESTIMATES = re.compile(r"\b(?:puts?|putting|sets?|setting)\b", re.IGNORECASE)
_REFUSING = frozenset("decline refuse deny reject dismiss rebut refute dispute disavow".split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTES = '“”"«»„‟'
_AUXILIARY = frozenset(
    "be am is are was were been being have has had do does did will would shall should can could may might "
    "must to not".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VB", "VBZ/VBP"})
_CLAUSE_WORDS = frozenset(
    "is are was were be been has have had will would can could may might must should shall does did do isn’t wasn’t "
    "doesn’t didn’t won’t can’t couldn’t wouldn’t isn't wasn't doesn't didn't won't can't couldn't wouldn't".split()
)
_ANAPHORIC = re.compile(
    r"(?:the|this|that|these|those|any|all|such|his|her|its|their|both|an?y?)\s+(?:[\w-]+\s+){0,3}"
    r"(?:claims?|accusations?|allegations?|charges?|reports?|rumou?rs?|suggestions?|criticisms?|assertions?|wrongdoing|"
    r"involvement|responsibility|statements?|finding|findings|account|accounts|story|stories|idea|notion)\b"
    r"|(?:wrongdoing|involvement|responsibility|it|this|that|them)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 12)
def _lemmas(word: str) -> tuple[str, ...]:
    """Possible dictionary forms of an English verb or noun form, most likely first."""
    w = word.lower().replace("’", "'")
    if w in _IRREGULAR:
        return (_IRREGULAR[w],)
    out = [w]
    for ending, put in (
        ("ies", "y"),
        ("ied", "y"),
        ("es", ""),
        ("es", "e"),
        ("s", ""),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if w.endswith(ending) and len(w) - len(ending) >= 2:
            stem = w[: len(w) - len(ending)] + put
            out.append(stem)
            if put == "" and ending in ("ed", "ing") and len(stem) > 3 and stem[-1] == stem[-2]:
                out.append(stem[:-1])
    return tuple(out)


@lru_cache(maxsize=1 << 14)
def cue_class(cue: str) -> tuple[CueClass, str]:
    """The class of a cue, and the word that decides it.

    The last word with a class counts ("refused to comment", "said in a statement" → said), verbs before nouns.

    Returns:
        The class, and the deciding word in its dictionary form ("" where no word has a class).
    """
    words = _WORD.findall(cue)
    if cue.strip(" ,") in (":", "—", "-", "–"):
        return "speech", cue.strip(" ,")
    found: tuple[CueClass, str] | None = None
    for word in words:
        if word.lower() in _AUXILIARY:
            continue
        for lemma in _lemmas(word):
            if lemma in _ALL:
                # "said he hoped": the first speech verb rules, attitudes give way to what is said.
                if found is None or (found[0] != "speech" and _ALL[lemma] in ("speech", "judgement")):
                    found = (_ALL[lemma], lemma)
                break
    if found is not None and found[0] != "attitude":
        return found
    for word in words:
        for lemma in _lemmas(word):
            if lemma in _NOUN_CLASS:
                return _NOUN_CLASS[lemma], lemma
    return found or ("other", "")


def is_utterance(words: str) -> bool:
    """Whether a phrase names something said ("her comments", "the claim"), which is no speaker."""
    found = _WORD.findall(words)
    return bool(found) and any(lemma in _NOUN_CLASS for lemma in _lemmas(found[-1]))


def _is_clause(words: Sequence[str], tokens: Sequence[Token]) -> bool:
    if tokens:
        return any(t.pos in _FINITE for t in tokens)
    return any(w.lower() in _CLAUSE_WORDS for w in words)


def decide(
    text: str,
    source: Sequence[Span],
    cue: Sequence[Span],
    content: Sequence[Span],
    tokens: Sequence[Token] = (),
) -> tuple[bool, str]:
    """Whether an attribution carries a statement.

    Args:
        text: the story.
        source, cue, content: its members, as pieces.
        tokens: the tokens inside the content, if the tagger gave any.

    Returns:
        The decision, and the rule that made it.
    """
    said = " ".join(text[a:b] for a, b in content)
    words = _WORD.findall(said)
    speaker = " ".join(text[a:b] for a, b in source).strip().lower()
    quoted = any(q in said for q in _QUOTES) and len(words) >= 2
    if not words:
        return False, "content has no words"
    kind, lemma = cue_class(" ".join(text[a:b] for a, b in cue))
    if speaker in _OWN or (speaker == "one" and _MODAL.search(" ".join(text[a:b] for a, b in cue))):
        return False, "the speaker is the page's own 'we' or 'you'"
    if not cue:
        return (True, "a quotation without a cue") if quoted else (False, "neither cue nor quotation")
    clause = len(words) >= 2 and _is_clause(words, tokens)
    if lemma == "agree" and said.startswith("to "):
        return False, "agreed to do, said nothing"
    if lemma in _REFUSING:
        # "declined to comment", "denied wrongdoing": short, and yet all that was said.
        if any(w[0].islower() for w in words):
            return True, f"refusing cue '{lemma}'"
        return False, f"refusing cue '{lemma}' of a bare name"
    if kind == "speech":
        if quoted or clause or len(words) >= 4 or _ANAPHORIC.match(said):
            return True, f"speech cue '{lemma}'"
        return False, f"speech cue '{lemma}' with a bare name or phrase for content"
    if kind == "judgement":
        things = sum(w[0].islower() for w in words)
        if quoted or clause or len(words) >= 3 or (len(words) == 2 and things == 2) or _ANAPHORIC.match(said):
            return True, f"judging cue '{lemma}'"
        return False, f"judging cue '{lemma}' of a bare name"
    if kind == "belief":
        if quoted or (clause and len(words) >= 4):
            return True, f"belief cue '{lemma}' with a proposition"
        return False, f"belief cue '{lemma}' without a proposition"
    if _ESTIMATES.search(" ".join(text[a:b] for a, b in cue)) and re.search(r"\bat\b.*\d", said):
        return True, "an estimate: 'puts … at'"
    if kind == "attitude":
        return (
            (True, f"attitude '{lemma}' in quoted words")
            if quoted
            else (False, f"attitude '{lemma}', not a proposition")
        )
    if quoted or (clause and len(words) >= 6):
        return True, "a proposition behind an unlisted cue"
    return False, "an unlisted cue without a proposition"
