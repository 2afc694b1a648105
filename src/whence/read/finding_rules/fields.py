"""Fields of work and of news, and the words that tell them: a small lexicon, the same for everybody.

`BACKGROUND` holds words by which people state what they do; `SUBJECT` words of stories. A word stands in a list only
if it is common in its field and rare in the others.
"""

from __future__ import annotations

from whence.read.wording import stem

__all__ = ["BACKGROUND", "RELATED", "SUBJECT"]


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(w) for w in words.split())


BACKGROUND: dict[str, frozenset[str]] = {
    "health": _stems(
        "health healthcare doctor physician nurse practitioner therapist wellness medicine medical homeopath naturopath"
        " nutritionist nutrition dietitian yoga healing healer pharmacist psychologist psychiatrist midwife"
        " herbalist surgeon"
    ),
    "sport": _stems(
        "sport sports footballer athlete coach cricketer golfer runner boxing football rugby tennis fitness"
    ),
    "finance": _stems(
        "finance financial investor investing economist trader banker accountant stocks markets crypto broker"
    ),
    "science": _stems(
        "scientist physicist chemist biologist astronomer science geologist mathematician neuroscientist"
    ),
    "politics": _stems(
        "politics political diplomat councillor policy parliament elections geopolitics lobbyist campaigner"
    ),
    "conflict": _stems("military defence defense veteran soldier security army navy war officer intelligence"),
    "entertainment": _stems(
        "entertainment celebrity film music musician actor actress fashion beauty lifestyle gossip television"
        " gamer gaming dj"
        " astrology astrologer horoscope"
    ),
    "law": _stems("lawyer solicitor barrister attorney law legal judge criminologist"),
    "technology": _stems("technology tech software programmer developer gadget engineer computing"),
    "environment": _stems(
        "environment environmental climate conservation ecologist wildlife meteorologist gardening gardener"
    ),
    "food": _stems("food chef cook cooking baker recipes wine restaurateur"),
    "travel": _stems("travel traveller traveler tourism backpacker"),
    "animals": _stems("pet pets dog dogs cat groomer vet veterinarian veterinary horse equestrian zoologist zookeeper"),
}
"""Stems of the words by which people say what they do, by field."""

SUBJECT: dict[str, frozenset[str]] = {
    "health": _stems(
        "patient hospital disease vaccine doctor nurse symptom cancer drug treatment virus infection clinic diet"
        " medicine therapy"
        " diabetes dementia obesity epidemic pandemic medical"
    ),
    "sport": _stems(
        "match goal league coach striker midfielder season cup tournament championship referee fans club score"
        " innings wicket"
        " penalty defender goalkeeper medal athlete champion"
    ),
    "finance": _stems(
        "shares investor market profit revenue bank earnings stock inflation dividend quarter bond currency"
        " economy merger"
        " shareholder pension mortgage"
    ),
    "science": _stems(
        "study researcher scientist species fossil galaxy planet telescope laboratory experiment particle gene"
        " genome dna"
        " hypothesis theory journal"
    ),
    "politics": _stems(
        "election parliament minister senator vote voter party government campaign president congress policy"
        " coalition ballot"
        " referendum lawmaker diplomat sanctions treaty"
    ),
    "conflict": _stems(
        "military troops army soldier attack airstrike strike missile war forces militant rebel ceasefire weapon bomb"
        " battle insurgent militia siege artillery drone terrorist coalition invasion"
    ),
    "entertainment": _stems(
        "actor film album singer movie celebrity concert actress band song television drama festival premiere"
    ),
    "law": _stems(
        "court judge trial jury prosecutor defendant verdict sentence lawsuit appeal convicted charged lawyer murder"
    ),
    "technology": _stems("software app smartphone computer algorithm robot data chip cyber hacker internet startup"),
    "environment": _stems(
        "climate emissions carbon flood drought wildfire pollution conservation wildlife storm rainfall forest"
    ),
    "food": _stems("recipe restaurant chef dish menu flavour ingredients baking"),
    "travel": _stems("tourist hotel resort holiday airline beach destination"),
}
"""Stems of the words that tell what a story is about, by field."""

RELATED: tuple[frozenset[str], ...] = tuple(
    frozenset(pair.split())
    for pair in (
        "politics conflict",
        "politics law",
        "politics finance",
        "politics environment",
        "health science",
        "science technology",
        "science environment",
        "finance technology",
        "finance law",
        "conflict law",
        "conflict technology",
        "health food",
        "health sport",
        "food travel",
        "travel environment",
        "animals environment",
        "animals health",
        "animals science",
    )
)
"""Fields so near to one another that a background in one is a background for the other."""
