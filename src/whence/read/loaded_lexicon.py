"""Evaluative words of news English, each with the reason why it is one (docs/reference/hedges.md, "Loaded words").

The test for an entry: a reader who holds the opposite view of the matter would not use the word for the same facts, and
a word without the verdict is at hand. No entry names or implies a nation, a party, a religion, a class or a person, and
none is in the list for one side only: where a word for one direction stands here, its counterpart for the other does,
too.
"""

from __future__ import annotations

from dataclasses import dataclass

from whence.read.inflect import forms

__all__ = ["ENTRIES", "FORMS", "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A loaded word or phrase.

    Args:
        word: its base form, lower case.
        kind: `label` (of people and bodies), `adjective`, `adverb`, `verb` or `frame` (a noun that judges).
        reason: why it is evaluative, to complete "“…” …".
    """

    word: str
    kind: str
    reason: str


# kind | reason, and below the words. "/s" adds a plural in -s; verbs are given by their base forms and inflected.
_TABLE = """
label | is used for one's enemies only; "fighters", "gunmen", "attackers" name the act
    terrorist/s, thug/s, savage/s, fanatic/s, henchman, henchmen, goon/s, marauder/s, warmonger/s, bloodsucker/s
label | says that a government has no right to govern; "government", "authorities" name the same people
    regime/s, junta/s, dictatorship/s, tyranny, despot/s, tyrant/s, strongman, strongmen, puppet government,
    puppet state, client state, rogue state, rogue nation, kleptocracy, police state, banana republic, usurper/s
label | says that those who side with somebody do it for no good reason; "supporters", "allies", "aides" do not
    crony, cronies, lackey/s, stooge/s, minion/s, apologist/s, mouthpiece/s, sycophant/s, yes-man, yes-men, lapdog/s,
    bootlicker/s, hanger-on, hangers-on, enabler/s, fellow traveller/s, fellow traveler/s, flunky, flunkies,
    puppet regime
label | says that a view is beyond discussion and where the middle lies; what is wanted can be said
    extremist/s, zealot/s, ideologue/s, hardliner/s, demagogue/s, rabble-rouser/s, firebrand/s, agitator/s,
    crackpot/s, nutjob/s, loony, loonies, wingnut/s, reactionary, reactionaries, bigot/s, hatemonger/s, hate-monger/s,
    radicals
label | says that people who decide or inform do so for themselves; their office or trade names them as well
    fat cat/s, bureaucrats, deep state, shadowy cabal, cabal/s, clique/s, profiteer/s, robber baron/s, elites,
    special interests, vested interests, do-gooder/s, busybody, busybodies, grifter/s, charlatan/s, huckster/s,
    snake oil
label | passes a moral sentence on a person; what the person did can be said
    monster/s, fiend/s, brute/s, villain/s, coward/s, traitor/s, turncoat/s, liar/s, hypocrite/s, scoundrel/s,
    crook/s, scrounger/s, freeloader/s, layabout/s, vermin, scum, lowlife/s, low-life/s, pervert/s, fraudster/s,
    con artist/s, mastermind/s
label | raises a person above criticism; what the person did can be said
    hero, heroes, heroine/s, martyr/s, patriot/s, freedom fighter/s, saviour/s, savior/s, visionary, visionaries,
    golden boy
label | takes a crowd's reason away; "crowd", "protesters", "people" name it
    mob/s, rabble, horde/s, rent-a-mob, hooligan/s, ruffian/s, yob/s, lynch mob, baying mob
label | takes sides between those who leave and those who stay; "migrants", or the legal status, do not
    illegals, queue-jumper/s
frame | says that a reason given is not the true one, which only the one who gave it knows
    pretext/s, excuse/s, smokescreen/s, smoke screen, fig leaf, whitewash, cover-up, window dressing, ploy/s, ruse/s,
    charade/s, sham, farce, lip service, power grab, land grab, cash grab, money grab, witch hunt, witch-hunt/s,
    show trial/s, kangaroo court/s, fishing expedition, publicity stunt/s
frame | says that what somebody tells is false or made for effect; "statement", "view", "account" leave that open
    propaganda, disinformation campaign, fearmongering, fear-mongering, scaremongering, fake news, hoax,
    conspiracy theory, talking points, rant/s, tirade/s, diatribe/s, screed/s, drivel, claptrap, nonsense, hogwash,
    baloney, virtue signalling, virtue signaling, hysteria, sob story
frame | judges an event by its horror instead of telling it; the number of the dead and hurt tells it
    massacre/s, bloodbath/s, carnage, butchery, atrocity, atrocities, barbarism, savagery, reign of terror,
    orgy of violence, killing spree, killing fields
frame | says that a deed has no right on its side; the deed can be named
    outrage/s, thuggery, bullying, intimidation, scaremonger/s, betrayal/s, sell-out/s, sellout/s, stitch-up/s,
    humiliation/s, stranglehold, bloodlust, greed, arrogance, hubris, hypocrisy, cowardice, treachery, cronyism
frame | judges a policy or its results; what changed can be said
    debacle/s, fiasco/s, shambles, boondoggle/s, giveaway/s, handout/s, nanny state, red tape, train wreck, disgrace,
    travesty, catastrophe, bloated bureaucracy, slippery slope, overreach, meddling, crackdown/s, onslaught, bombshell
frame | praises an event or its maker; what changed can be said
    triumph/s, masterstroke/s, miracle/s, game-changer/s, tour de force, masterclass, common-sense solution/s,
    golden age
frame | takes a stream of people for water, war or disease; "arrivals", "increase" do not
    breeding ground, hotbed/s, cesspool/s, powder keg
adjective | condemns morally; what was done can be said
    evil, wicked, vile, heinous, despicable, depraved, barbaric, cowardly, monstrous, odious, sinister, ruthless,
    merciless, callous, heartless, brutal, vicious, bloodthirsty, murderous, inhuman, ghastly, shameful, disgraceful,
    outrageous, scandalous, appalling, obscene, senseless, deplorable, reprehensible, unconscionable, egregious,
    nefarious
adjective | says how something was meant or felt, which the outlet cannot see
    brazen, shameless, wanton, malicious, reckless, blatant, flagrant, craven, arrogant, smug, gleeful, sneaky, sly,
    spiteful, vindictive, petty, greedy, rapacious, cavalier, high-handed, heavy-handed, power-hungry, stubborn,
    fawning, servile
adjective | says that something is larger or emptier than it should be; its size and use can be told
    bloated, grandiose, lavish, profligate, wasteful, pointless, meaningless, toxic, poisonous, rotten, sordid, seedy,
    tawdry
adjective | says that somebody lacks ability or good sense; the failure can be told
    inept, incompetent, hapless, clueless, feckless, bumbling, bungling, pathetic, pitiful, laughable, ludicrous,
    ridiculous, absurd, idiotic, moronic, foolish, stupid, harebrained, half-baked, misguided, ill-conceived,
    ill-advised, ill-judged, incapable, toothless, spineless, gutless, woeful, dismal, abysmal, disastrous,
    catastrophic, shambolic, delusional, hysterical, deranged, unhinged, crazy, insane, botched
adjective | says that somebody is not to be trusted; the contradiction or the deed can be told
    corrupt, crooked, dishonest, duplicitous, shady, shadowy, sleazy, shifty, slimy, two-faced, hypocritical, cynical,
    mendacious, devious, scheming, conniving, opportunistic, self-serving, disgraced, notorious, infamous,
    discredited, scandal-plagued, scandal-ridden, tainted, embattled, beleaguered
adjective | says that a claim or an aim has no ground, in the outlet's own voice; who says so, and why, can be told
    baseless, bogus, spurious, specious, preposterous, outlandish, far-fetched, debunked, phony, phoney, trumped-up,
    half-truths, conspiratorial, dubious, flimsy, rigged
adjective | puts a view outside what may be held; what it holds can be told
    fanatical, rabid, divisive, hateful, draconian, orwellian, authoritarian, tyrannical, despotic, dictatorial,
    oppressive, repressive, totalitarian, regressive, anti-democratic, unpatriotic, treasonous, hard-line
adjective | praises; what was done can be told
    heroic, courageous, valiant, gallant, fearless, selfless, beloved, revered, iconic, legendary, brilliant,
    dazzling, magnificent, glorious, stunning, masterful, exemplary, inspirational, inspiring, patriotic,
    freedom-loving, peace-loving, common-sense, no-nonsense, world-beating, incorruptible, unrivalled, unrivaled,
    breathtaking, sensational
adjective | heightens for effect; the size or the facts can be given
    shocking, horrific, horrifying, harrowing, gruesome, grisly, sickening, terrifying, bombastic, jaw-dropping,
    mind-boggling, staggering, eye-watering, whopping, skyrocketing, humiliating, embarrassing, crushing, devastating,
    damning, scathing, blistering, stinging, heart-wrenching, heartbreaking
adverb | says how something was meant or felt, which the outlet cannot see
    brazenly, shamelessly, cynically, callously, ruthlessly, mercilessly, viciously, savagely, brutally, wantonly,
    maliciously, recklessly, blatantly, flagrantly, cravenly, arrogantly, smugly, gleefully, deviously, sneakily,
    slyly, hypocritically
adverb | judges how well something was done
    disgracefully, shamefully, outrageously, scandalously, disastrously, ineptly, foolishly, stupidly, pathetically,
    laughably, absurdly, ridiculously, woefully, hopelessly, appallingly, falsely, unjustly, unfairly, inexcusably,
    unforgivably, illegitimately
adverb | praises how something was done
    heroically, bravely, courageously, valiantly, gallantly, selflessly, brilliantly, masterfully, magnificently,
    gloriously, rightly, wisely, admirably, tirelessly, deftly, skilfully, skillfully, triumphantly
adverb | tells the reader what to think of the whole sentence
    unsurprisingly, predictably, tellingly, sadly, tragically, thankfully, mercifully, regrettably, unfortunately,
    fortunately, ironically, shockingly, astonishingly, incredibly, unbelievably, inexplicably, bizarrely,
    needless to say, make no mistake, let's be clear, simply put
verb | takes a plain deed for violence, a crime or a trick; "criticise", "cut", "say", "pass" do not
    slam+, lambast, lambaste, skewer, eviscerate, crucify, pillory, ram+ through, steamroll, foist, peddle, spew,
    spout, whine, bleat, gloat, sneer, crow over, smear, besmirch, vilify, demonise, demonize, scapegoat, gaslight,
    brainwash, indoctrinate, bamboozle, hoodwink, swindle, fleece, plunder, squander, bungle, botch, flout, meddle,
    pander, kowtow, cower, slither, skulk, connive, collude, conspire, weaponise, weaponize, terrorise, terrorize,
    bully, browbeat, strong-arm, ravage, strangle, bankroll, prop+ up, rubber-stamp, fawn, grovel,
    brutalise, brutalize, subjugate, oppress, persecute, wreak
verb | lends somebody glory; "win", "defend", "say" do not
    vanquish, liberate, spearhead, dazzle, electrify, trailblaze
verb | says that what is told is known to be false, or was hidden; "say", "deny" leave that open
    lie about, cover up, concoct, feign, backpedal, back-pedal, squirm, double down
"""


def _rows() -> list[tuple[str, str, list[str]]]:
    """The table's rows: kind, reason, words as written."""
    out: list[tuple[str, str, list[str]]] = []
    for line in _TABLE.strip().splitlines():
        if line.startswith(" "):
            out[-1][2].extend(word.strip() for word in line.split(",") if word.strip())
        else:
            kind, reason = line.split(" | ")
            out.append((kind, reason, []))
    return out


ENTRIES: tuple[Entry, ...] = tuple(
    Entry(word.removesuffix("/s").replace("+", ""), kind, reason) for kind, reason, words in _rows() for word in words
)
"""All entries, in the order of the table."""

FORMS: dict[str, Entry] = {}
"""Every form that counts, lower case with straight marks, and its entry; a form that several give belongs to the
first."""


def _fill() -> None:
    entries = iter(ENTRIES)
    for kind, _, words in _rows():
        for word in words:
            entry = next(entries)
            if kind == "verb":
                found = forms(word)
            elif word.endswith("/s"):
                found = (entry.word, entry.word + "s")
            else:
                found = (entry.word,)
            for form in found:
                FORMS.setdefault(form, entry)


_fill()
