"""The words by which an outlet's name is known; none of them says anything about what an outlet prints."""

from __future__ import annotations

__all__ = [
    "ACRONYM_ENDS",
    "AFTER_CLASS",
    "AGENCIES",
    "BODIES",
    "CLASSES",
    "COMMON",
    "KNOWN",
    "MEDIA",
    "NEVER",
    "NOT_A_NAME",
    "PAPERS",
    "PLATFORMS",
    "PREFIXES",
    "STAFF",
    "SUFFIXES",
    "SURNAMES",
    "TAILS",
    "WEAK_SUFFIXES",
]

AGENCIES = frozenset(
    "reuters ap afp upi dpa efe ansa tass xinhua kyodo yonhap bloomberg ians pti ani aap"
    " interfax anadolu belga ritzau ntb tt apa lusa antara bernama pa mena sana irna spa wam kuna"
    " ukrinform belta".split()
) | {
    "the associated press", "associated press", "agence france-presse", "press association", "pa media",
    "united press international", "dow jones newswires", "ria novosti", "interfax-ukraine", "press trust of india",
    "anadolu agency", "anadolu ajansı", "canadian press", "the canadian press", "australian associated press",
}  # fmt: skip
"""Wire agencies, which sign other outlets' stories with a credit."""

KNOWN = AGENCIES | frozenset(
    "bbc cnn nbc cbs abc cnbc msnbc pbs npr itv sky rte rté cbc sbs zdf ard rai nhk dw rfi rt"
    " guardian economist atlantic politico axios vogue newsweek time forbes fortune wired nature vox slate salon"
    " breitbart buzzfeed huffpost semafor spectator spiegel stern bild focus zeit welt monde figaro libération"
    " liberation parisien équipe pais país mundo abc marca as repubblica stampa corriere gazzetta haaretz ynet"
    " asharq al-arabiya meduza kommersant vedomosti izvestia rappler variety billboard espn thewrap deadline tmz"
    " people hello bellingcat propublica reason mee medscape stat undark quanta gizmodo mashable techcrunch"
    " c-span univision telemundo newsmax mailonline cctv cgtn cna itn jiji kcna nzz ria".split()
) | {
    "al jazeera", "al arabiya", "der spiegel", "die zeit", "die welt", "le monde", "le figaro", "le parisien",
    "el país", "el pais", "el mundo", "la repubblica", "la stampa", "corriere della sera", "the atlantic",
    "rolling stone", "new yorker", "vanity fair", "the hill", "the verge", "the intercept",
    "the economist", "daily beast", "drudge report", "middle east eye", "foreign policy", "foreign affairs",
    "new scientist", "scientific american", "the conversation", "the lancet", "national geographic",
    "deutsche welle", "voice of america", "radio free europe", "rfe/rl", "private eye", "the athletic",
    "south china morning post", "nikkei", "nikkei asia", "asahi shimbun", "yomiuri shimbun", "caixin", "the onion",
    "world service", "sports illustrated", "good housekeeping", "business insider", "market watch", "yahoo news",
    "60 minutes", "gb news", "talksport",
}  # fmt: skip
"""A few outlets whose names nothing in their wording gives away; the rules below find the others."""

SUFFIXES = frozenset(
    "herald gazette times post tribune chronicle courier journal telegraph observer mirror express echo argus"
    " examiner sentinel dispatch globe news radio tv television fm broadcasting inquirer enquirer bulletin ledger"
    " beacon bee advertiser weekly daily magazine newspaper newspapers today insider guardian newswire podcast"
    " digest spectator plain-dealer picayune post-gazette star-tribune free-press intelligencer newsroom newsletter"
    " online broadcaster courant messenger recorder citizen-times evening-post shimbun zeitung tageblatt dagblad pravda"
    " gazzetta jornal diario diário".split()
)
"""Last words that, after another capitalised word, make a name an outlet's."""

SURNAMES = frozenset("post bee today courier beacon mirror messenger digest".split())
"""Suffixes that are people's names too: where a person was recognised, they make no outlet."""

WEAK_SUFFIXES = frozenset(
    "standard star sun mail press network review monitor register record independent mercury reporter wire"
    " world eye channel agency republic banner pilot sentinel leader argonaut outlook age service".split()
)
"""Last words that other bodies use too: they need the setting of a relay ("told ...", "in an interview with ...")."""

PAPERS = SUFFIXES | frozenset(
    "standard star sun mail monitor register independent mercury reporter wire sentinel".split()
)
"""Words that make a speaker's name an outlet's, without the setting of a relay."""

COMMON = frozenset(
    "people time as pa nature reason focus deadline hello fortune wired stat slate salon variety billboard mee spa "
    "vox marca welt monde mundo bild sky atlantic forbes lusa kuna mena wam".split()
)
"""Names of `KNOWN` that are also other names or words: alone they make no outlet of a speaker."""

BODIES = frozenset("service network agency world review register age republic".split())
"""Weak last words that make no outlet of a name by themselves ("the Agency")."""

TAILS = frozenset(
    "online international uk us usa asia europe africa arabic english worldwide business sport live".split()
)
"""Words that may follow an outlet's name and belong to it ("Lumo News International")."""

PREFIXES = frozenset("daily radio channel agence agencia sunday evening télé tele".split())
"""First words that, before another capitalised word or a number, make a name an outlet's."""

ACRONYM_ENDS = ("NN", "TV", "NBC", "CBC", "BBC", "MSNBC")
"""Ends of acronyms that broadcasters carry."""

CLASSES = frozenset(
    "newspaper paper daily weekly tabloid broadsheet magazine website blog podcast broadcaster newswire"
    " radio television tv".split()
)
"""Common nouns that say of what they name that it is an outlet, with or without its name beside them."""

MEDIA = frozenset("agency service channel station network outlet site media programme program show press wire".split())
"""Common nouns that say so when one of `_MEDIA_MODIFIERS` of outlets.py stands before them ("news agency")."""

STAFF = frozenset(
    "reporter reporters journalist journalists correspondent correspondents host hosts presenter presenters editor"
    " anchor columnist interviewer viewers listeners readers crew team".split()
)
"""Those at an outlet who are told or who ask."""

PLATFORMS = frozenset(
    "twitter x facebook instagram tiktok youtube telegram weibo wechat reddit linkedin snapchat threads mastodon"
    " bluesky truth\u00a0social".split(" ")
) | {"truth social", "social media"}
"""Where people publish by themselves: nobody relays, so none of these is an outlet."""

NOT_A_NAME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december he she it they we i you his her their our there that this these those"
    " mr mrs ms dr sir lord lady president prime minister senator secretary judge justice king queen prince"
    " princess pope professor gen general col sgt capt".split()
)
"""Capitalised words that are not (the beginning of) an outlet's name."""

NEVER = frozenset(
    "court congress parliament senate committee council police ministry department union bank party university"
    " commission assembly federation association society hospital school college club company corporation corp inc"
    " ltd plc group fund foundation institute force forces army navy government authority board conference summit"
    " rights embassy church treasury house cabinet office bureau tribunal".split()
)
"""Words of other bodies' names: with a weak suffix, or none, a name that holds one of them is no outlet's."""

AFTER_CLASS = frozenset(
    "that on in at by and but or as from during when while after before if it he she they there his her its their"
    " the a an about of last this yesterday today earlier later over via with for who which how why what whether"
    " to is was were are had has have said says reported reports wrote writes quoted cited".split()
)
"""Words that may follow a class noun where it ends the noun phrase ("told state television that ...")."""
