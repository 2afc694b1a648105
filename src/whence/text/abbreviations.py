"""Abbreviations of news English, by what may follow them."""

from __future__ import annotations

__all__ = ["EXCLAIMING", "JOINING", "NUMBERING", "REPORTING", "STARTERS", "TRAILING"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


JOINING = _words(
    """Mr Mrs Ms Mx Dr Drs Prof Gen Sen Sens Rep Reps Gov Govs Lt Col Sgt Cpl Pvt Pfc Spc Capt Cpt Maj Cmdr Cdr Adm
    Brig Rev Hon Msgr Messrs Mme Mlle Fr Pres Supt Det Insp Atty Attys Amb Sec Del Dep Det Asst Assoc Ald St Ste Mt Ft
    Pt
    Lieut Comdr Ens Vice-Adm Maj-Gen Lt-Gen Lt-Col vs v cf viz ca e.g i.e eg ie approx Op Cit feat"""
)
"""Titles and links: the sentence goes on after them, whatever follows."""

NUMBERING = _words("No Nos no nos p pp Vol vol Fig fig Figs Sect Art art Ch ch Ver ver Par par Eq eq Ex")
"""A full stop after these ends nothing where a number follows."""

TRAILING = _words(
    """Jr Sr Inc Corp Co Cos Ltd Bros Esq etc al plc Univ Dept Assn Ave Blvd Rd Ln Hwy Sq Dist Div Est
    Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    Ala Ariz Ark Calif Colo Conn Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn
    Tex Va Vt Wash Wis Wyo Ont Que Alta Sask Man Md Minn
    a.m p.m A.M P.M am pm ft in lb lbs oz sq mph hr hrs min mins sec secs tel ext fl gal yd"""
)
"""They stand inside a sentence or at its end: it ends there only where a usual first word of a sentence follows."""

STARTERS = _words(
    """The A An He She It They We I You This That These Those There Here In On At But And Or If When While After
    Before For
    As With By From His Her Its Their Our My Your What Who Whose Which Where Why How Some Many Most Several Few All
    Both Each
    Every One Two Three Now Then So Yet Still However Meanwhile According Asked Not No Nor Although Though Because Since
    Until Once During Under Over Among Between Despite Even Also Instead Last Next Earlier Later Today Yesterday Another
    Other Others More Such To Of Only Just Perhaps Maybe Yes Nobody Nothing Nearly About Critics Officials Police
    People"""
)
"""Words that, with a capital, begin a sentence rather than go on with a name."""

EXCLAIMING = _words("Yahoo Jeopardy Jeb Westward Wham Oklahoma Oliver Hello Mamma Moulin")
"""Names that are written with an exclamation mark."""

REPORTING = (
    "said|says|asked|asks|wrote|writes|added|adds|cried|shouted|yelled|replied|answered|demanded|exclaimed|tweeted|"
    "wondered|told|quipped|joked|continued|declared|recalled|screamed|posted|inquired|responded|chanted|concluded|urged"
)
"""Verbs of a reporting clause, as a pattern."""
