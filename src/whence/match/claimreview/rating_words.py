"""What fact-checkers call their verdicts, in the words of many languages, and where each stands on the common scale."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from whence.records.claim import Verdict

__all__ = ["by_words"]

# One line a verdict: phrases between bars, folded as `_folded` folds them. Where phrases overlap the longer one counts,
# so that "not true" is not "true" and "mostly false" not "false".
_WORDS: dict[Verdict, str] = {
    "true": """true|correct|accurate|verified|confirmed|geppetto checkmark|correct attribution|
        this is true|legit|legitimate|authentic|not false|not fake|
        verdadero|verdadera|cierto|correcto|es verdad|verdadeiro|verdadeira|verdade|correto|e verdade|vrai|vraie|exact|
        correct attribution|wahr|richtig|stimmt|korrekt|vero|vera|corretto|waar|juist|klopt|prawda|prawdziwe|dogru|
        benar|fakta|верно|правда|правильно|αληθες|αληθεια|adevarat|igaz|pravda|istina|tacno|tocno|sant|sandt|riktigt|
        korrekt|totta|صحيح|حقيقي|सच|सही|сәрес|真實|真实|正確|正确|正しい|사실|จริง|đung|dung""",
    "mostly-true": """mostly true|mostly correct|mostly accurate|largely true|largely correct|largely accurate|
        almost true|nearly true|partly true|partially true|partially correct|partly correct|one pinocchio|
        1 pinocchio|mostly right|essentially true|substantially true|broadly correct|broadly accurate|
        true but|correct but|accurate but|mayormente cierto|mayormente verdadero|casi cierto|verdadero pero|
        verdadeiro mas|em grande parte verdadeiro|plutot vrai|presque vrai|vrai mais|c est plus complique mais vrai|
        uberwiegend richtig|grosstenteils richtig|grosstenteils wahr|weitgehend richtig|quasi vero|c eri quasi|
        prawie prawda|grotendeels waar|cogunlukla dogru|sebagian besar benar|преимущественно верно""",
    "mixed": """half true|half truth|mixture|mixed|partly false|partially false|two pinocchios|2 pinocchios|
        half flip|misleading|missing context|lacks context|needs context|lacking context|out of context|
        without context|no context|taken out of context|context needed|false context|half right|in between|
        exaggerated|exaggerates|exaggeration|overstated|cherry picks|cherry picking|cherry picked|distorts the facts|
        distorted|spins the facts|spin|not the whole story|it s complicated|it is complicated|imprecise|
        inaccurate in part|partly inaccurate|partially inaccurate|selective|simplistic|sketchy|
        enganoso|enganosa|verdad a medias|verdades a medias|media verdad|parcialmente falso|parcialmente verdadero|
        fuera de contexto|sacado de contexto|falta contexto|impreciso|imprecisa|exagerado|discutible|
        verdade mas|meia verdade|distorcido|distorcida|descontextualizado|tirado de contexto|sem contexto|contraditorio|
        nao e bem assim|trompeur|trompeuse|a moitie vrai|partiellement faux|partiellement vrai|hors contexte|
        contexte manquant|plutot trompeur|exagere|irrefuhrend|teilweise falsch|teilweise richtig|halbwahr|
        teils teils|falscher kontext|fehlender kontext|aus dem kontext gerissen|fuorviante|ingannevole|
        in parte falso|parzialmente falso|mezza verita|misleidend|deels waar|deels onwaar|half waar|
        polprawda|manipulacja|wprowadza w blad|yaniltici|karma|kismen dogru|kismen yanlis|menyesatkan|sebagian benar|
        sebagian salah|манипуляция|полуправда|вводит в заблуждение|παραπλανητικο|μισή αλήθεια|partial adevarat|
        truncheat|felrevezeto|zavadejici|zavádějící|delvis sant|delvis falskt|vilseledende|vildledende|villedende|
        harhaanjohtava|مضلل|زائف جزئيا|भ्रामक|आधा सच|誤導|误导|ミスリード|절반의 사실|บิดเบือน""",
    "mostly-false": """mostly false|mostly incorrect|mostly inaccurate|largely false|largely incorrect|barely true|
        mostly wrong|three pinocchios|3 pinocchios|mostly untrue|largely inaccurate|highly misleading|
        mayormente falso|casi falso|em grande parte falso|plutot faux|presque faux|uberwiegend falsch|
        grosstenteils falsch|weitgehend falsch|pinocchio andante|grotendeels onwaar|prawie falsz|cogunlukla yanlis|
        sebagian besar salah|преимущественно ложь""",
    "false": """false|fake|untrue|incorrect|inaccurate|wrong|not true|not correct|not accurate|not right|
        pants on fire|pants on fire!|four pinocchios|4 pinocchios|bottomless pinocchio|fabricated|fabrication|hoax|
        debunked|baseless and false|altered|altered video|altered photo|altered image|manipulated|manipulated image|
        manipulated video|manipulated media|doctored|photoshopped|deepfake|ai generated|digitally altered|
        miscaptioned|misattributed|incorrect attribution|false attribution|misrepresented|lie|totally false|
        completely false|fiction|full flop|fals|mismatch|imposter|impostor content|totalmente falso|
        falso|falsa|incorrecto|mentira|bulo|fake news|no es cierto|no es verdad|montaje|manipulado|trucada|
        errado|errada|incorreto|montagem|nao e verdade|e falso|faux|fausse|inexact|incorrecte|intox|infox|
        c est faux|photomontage|detourne|falsch|unwahr|stimmt nicht|nicht wahr|nicht richtig|gefalscht|erfunden|
        frei erfunden|manipuliert|fake|sbagliato|bufala|panzana pazzesca|non e vero|falso!|onwaar|niet waar|vals|
        onjuist|verzonnen|falsz|nieprawda|falszywe|klamstwo|yanlis|sahte|asilsiz|salah|hoaks|palsu|tidak benar|
        disinformasi|ложь|неправда|фейк|неверно|ψευδες|ψευδης|ψεμα|fals!|hamis|alhir|nepravda|lez|netacno|neistina|
        laz|falsk|falskt|usant|feil|forkert|valhetta|vaarin|خطأ|زائف|كاذب|غير صحيح|مفبرك|झूठ|फर्जी|गलत|असत्य|असत|
        錯誤|错误|虛假|虚假|不實|不实|假|誤り|虚偽|거짓|ปลอม|เท็จ|sai|sai su that|ভুয়া|মিথ্যা|தவறு|తప్పు""",
    "unproven": """unproven|unproved|unsubstantiated|unsupported|unverified|unverifiable|not verified|no evidence|
        lacks evidence|insufficient evidence|without evidence|unconfirmed|not confirmed|cannot be verified|
        could not be verified|can t be verified|unfounded|baseless|no proof|not proven|not proved|legend|unknown|
        undetermined|inconclusive|research in progress|not enough evidence|verdict pending|unclear|unlikely|
        evidence lacking|lacks proof|too early to tell|insufficiently supported|
        sin pruebas|sin evidencia|no hay evidencia|no hay pruebas|sin evidencias|insostenible|no verificable|
        no comprobado|insustentavel|sem provas|sem evidencia|sem evidencias|nao ha provas|ainda e cedo para dizer|
        non prouve|sans preuve|aucune preuve|invérifiable|invérifiable|non verifie|unbelegt|unbewiesen|nicht belegt|
        keine belege|unklar|nicht nachweisbar|nicht uberprufbar|non verificabile|non dimostrato|senza prove|
        onbewezen|ongegrond|nieweryfikowalne|brak dowodow|belirsiz|kanitlanmamis|belum terbukti|tidak terbukti|
        недоказано|не подтверждено|ανυποστατο|ατεκμηριωτο|nedovedeno|neoveritelne|nije dokazano|
        obekraftat|udokumentert|غير مؤكد|بدون دليل|अप्रमाणित|未證實|未证实|根拠不明|판단 유보""",
    "satire": """satire|satirical|labeled satire|labelled satire|parody|originated as satire|satira|satirico|
        parodia|parodie|satirique|humour|hiciv|satyra|parodi|satir|sindiran|сатира|пародия|σατιρα|ساخر|سخرية|
        व्यंग्य|諷刺|讽刺|sarcasm""",
}  # fmt: skip
_LOOK = 160  # characters of a rating in which its verdict is looked for
_SENTENCE = 60  # characters at its start that count before the rest
_JOINED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def by_words(rating: str) -> Verdict | None:
    """Where a rating's own words place it.

    Args:
        rating: as the publisher gives it ("Mostly False", "Falsch: das Foto ist älter").

    Returns:
        The verdict that its first words name, else the only one named in its first 160 characters; `None` where no
        words are known, or where they name several ("True or false?").
    """
    said = _folded(rating)[:_LOOK]
    if not said:
        return None
    pattern, table = _table()
    found = [(m.start(), table[m[0]]) for m in pattern.finditer(said)]
    if not found:
        # Scripts that set no space between words: a phrase may stand inside a longer run.
        joined = [(at, v) for phrase, v in table.items() if _JOINED.search(phrase) and (at := said.find(phrase)) >= 0]
        found = sorted(joined)[:1]
    if not found:
        return None
    if found[0][0] == 0 and not rating.rstrip().endswith("?"):
        return found[0][1]
    verdicts = {v for at, v in found if at < _SENTENCE} or {v for _, v in found}
    return verdicts.pop() if len(verdicts) == 1 and not rating.rstrip().endswith("?") else None


def _folded(said: str) -> str:
    """Lower case, without accents on Latin letters, punctuation as spaces."""
    out = []
    for char in unicodedata.normalize("NFKD", said.casefold().replace("ß", "ss").replace("ı", "i").replace("ł", "l")):
        if unicodedata.combining(char) and char < "\u0370":
            continue
        out.append(char if char.isalnum() or unicodedata.category(char).startswith("M") else " ")
    return unicodedata.normalize("NFC", " ".join("".join(out).split()))


@cache
def _table() -> tuple[re.Pattern[str], dict[str, Verdict]]:
    table: dict[str, Verdict] = {}
    for verdict, phrases in _WORDS.items():
        for phrase in phrases.split("|"):
            if folded := _folded(phrase):
                table.setdefault(folded, verdict)
    longest = sorted(table, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)"), table
