"""What the tagger calls a name, corrected where the name tells better: countries, stations, firms by their last word.

The tagger's labels come from one corpus; a short name that it has not seen is a person's to it as often as not. A table
of all countries and the words with which firms' names end know better, for all countries and firms alike.
"""

from __future__ import annotations

import re
from dataclasses import replace

from whence.read.annotations import TaggedSpan
from whence.read.document import Document
from whence.read.metonymy import metonym

__all__ = ["relabelled"]

_FIRM_ENDS = frozenset(
    """
    foods lines aggregates holdings industries airways airlines motors energy electric systems
    technologies partners pharmaceuticals pharma capital bank bancorp insurance railways oil gas mining
    media records studios homes properties logistics breweries water networks telecom mobile software
    semiconductors chemicals cement textiles shipping aviation aerospace dynamics robotics biotech
    therapeutics laboratories labs ventures group inc ltd plc corp llc gmbh ag sa nv spa company stores
    supermarkets hotels resorts casinos entertainment interactive solutions services utilities
    renewables solar wind nuclear petroleum refining minerals metals ferries cruises rail buses
    """.split()
)
"""Last words of firms' names that are hardly anybody's surname."""

_MAYBE_ENDS = frozenset("steel power stone wood banks house field mills wells ford".split())
"""Last words of firms' names that are surnames, too."""

_STATION = re.compile(r"(?<![\w-])(?:Radio|Agence|Agencia|Télé|Tele)[ \u00a0]$")
"""What stands before a word that makes the name of an outlet with it, though the word alone be a person's name."""

_A_FIRM = re.compile(r"\b[Tt]he (?:company|firm|group|utility|manufacturer|operator|retailer|maker)\b")


def relabelled(doc: Document) -> list[TaggedSpan]:
    """The entities of a document, persons that are countries, stations or firms by their name labelled so."""
    full = (doc.words(e.span) for e in doc.entities if e.label == "PERSON")
    people = {word for name in full if " " in name for word in name.split()}
    firms: dict[str, bool] = {}
    out = []
    for entity in doc.entities:
        label = entity.label
        name = doc.words(entity.span)
        station = _STATION.search(doc.text, max(0, entity.span[0] - 10), entity.span[0])
        if station and " " not in name:
            out.append(replace(entity, label="ORG", span=(station.start(), entity.span[1])))
            continue
        if label == "PERSON":
            words = name.split()
            last = words[-1].casefold()
            if len(words) == 1 and metonym(name) is not None and name not in people:
                label = "PLACE"
            elif len(words) > 1 and last in _MAYBE_ENDS:
                if words[-1] not in firms:
                    firms[words[-1]] = _is_firm(doc, words[-1])
                label = "ORG" if firms[words[-1]] else label
            elif len(words) > 1 and last in _FIRM_ENDS:
                label = "ORG"
        out.append(entity if label == entity.label else replace(entity, label=label))
    return out


def _is_firm(doc: Document, last: str) -> bool:
    """Whether a story speaks of a firm, and never of a Mr or Ms of that name."""
    titled = re.search(rf"\b(?:Mr|Mrs|Ms|Dr|Miss|Sir)\.? (?:\w+ )?{re.escape(last)}\b", doc.text)
    return titled is None and _A_FIRM.search(doc.text) is not None
