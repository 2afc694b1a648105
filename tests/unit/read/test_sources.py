"""The component as a whole: invented stories with marks, floors, even-handedness."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.unit.read.source_stories import said, story, unresolved
from whence.read.component import Component
from whence.read.document import Document
from whence.read.sources import SOURCES, resolve

DATA = Path(__file__).parent / "data"
SETS = sorted(DATA.glob("sources*.jsonl"))
RECORDS = [json.loads(line) for path in SETS for line in path.read_text(encoding="utf-8").splitlines()]


def _bench() -> ModuleType:
    path = Path(__file__).resolve().parents[3] / "benchmarks/components/sources.py"
    spec = importlib.util.spec_from_file_location("bench_sources", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCH = _bench()
FLOORS = {
    "sources.jsonl": {"links": 0.97, "mentions": 0.9, "precision": 0.95, "naming": 0.97, "kind": 0.97, "label": 0.95},
    "sources-held.jsonl": {"links": 0.95, "mentions": 0.8, "precision": 0.95, "naming": 0.97, "kind": 0.9},
}


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.name)
def test_floors_on_invented_stories(path: Path) -> None:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    scores = BENCH.score_marks(records)
    for name, floor in FLOORS[path.name].items():
        hits, total = scores[name]
        assert hits / total >= floor, f"{name}: {hits} of {total}"


SWAPS = [
    {"Brazil": "Norway", "Brazilian": "Norwegian", "Brasilia": "Oslo", "Peru": "Chad", "Peruvian": "Chadian"},
    {"Ghana": "Fiji", "Ghana's": "Fiji's", "Ghanaian": "Fijian", "Accra": "Suva", "Togo": "Oman", "Togolese": "Omani"},
    {"Pakistan": "Japan", "Pakistani": "Japanese", "Islamabad": "Tokyo"},
    {
        "Turkish": "Israeli",
        "Turkey": "Israel",
        "Ankara": "Jerusalem",
        "Iraqi": "Iranian",
        "Iraq": "Iran",
        "Baghdad": "Tehran",
    },
    {"Austria": "Serbia", "Austria's": "Serbia's", "Austrian": "Serbian", "Vienna": "Belgrade"},
    {"Chile": "Kenya", "Chile's": "Kenya's", "Chilean": "Kenyan", "Santiago": "Nairobi", "Argentina": "Uganda"},
    {"Mensah": "Petrenko", "Kofi": "Oleksandr", "Nair": "Goldberg", "Priya": "Hannah", "Ashdown": "Okafor"},
    {"Kerry": "Fatima", "Blunt": "Haddad", "Dean": "Yusuf", "Marsh": "Rahman", "Vance": "Zhou", "Tilly": "Meilin"},
    {"Harbour": "Meridian", "Coastline": "Liberty", "Orbis": "Patriot", "Glitz": "Truth", "Splash": "Worker"},
]


def _swap(words: str, pairs: dict[str, str]) -> str:
    return re.sub(r"[A-Z][\w']*", lambda m: pairs.get(m.group(), m.group()), words)


def _view(doc: Document) -> list[Any]:
    sources = [
        (s.id, s.label, s.naming, s.kind, s.role, s.affiliation, [doc.words(m) for m in s.mentions])
        for s in doc.sources
    ]
    return [
        sources,
        [[s.id for s in d.sources] for d in doc.drafts],
        [r.source.id if r.source else "" for r in doc.relays],
    ]


@pytest.mark.parametrize("pairs", SWAPS, ids=lambda p: next(iter(p)))
def test_swapping_names_changes_only_the_names(pairs: dict[str, str]) -> None:
    touched = 0
    for record in RECORDS:
        swapped = json.loads(json.dumps(record))
        swapped["marked"] = _swap(record["marked"], pairs)
        if swapped["marked"] == record["marked"]:
            continue
        touched += 1
        swapped["entities"] = {k: [_swap(n, pairs) for n in v] for k, v in record["entities"].items()}
        before, after = BENCH.from_marks(record)[0], BENCH.from_marks(swapped)[0]
        resolve(before)
        resolve(after)
        assert json.loads(_swap(json.dumps(_view(before), ensure_ascii=False), pairs)) == json.loads(
            json.dumps(_view(after), ensure_ascii=False)
        )
    assert touched


def test_the_component_says_what_it_needs_and_gives() -> None:
    assert isinstance(SOURCES, Component)
    assert {"drafts", "relays", "entities", "tokens", "sentences"} <= SOURCES.requires
    assert frozenset({"sources", "draft.sources", "relay.source"}) == SOURCES.assigns


def test_agentless_drafts_have_no_source() -> None:
    doc = unresolved("<Ann Bell> said it rained. The army was accused of theft.", PERSON="Ann Bell")
    doc.drafts[0].source = ()
    SOURCES.apply(doc)
    assert doc.drafts[0].sources == ()
    assert doc.sources == []


def test_only_those_who_speak_are_sources() -> None:
    doc = story("<Ann Bell> said Jo Orr had left Ruritania.", PERSON="Ann Bell; Jo Orr", PLACE="Ruritania")
    assert [s.label for s in doc.sources] == ["Ann Bell"]


def test_conjoined_sources_come_in_the_order_of_their_words() -> None:
    doc = story("<Syria> said no. <Russia and Syria> rejected the claims.")
    assert said(doc) == ["Syria", "Russia + Syria"]
    assert [s.id for s in doc.sources] == ["s1", "s2"]


def test_acronym_capital_and_government_are_mentions() -> None:
    doc = story(
        "<The Syrian government> told {the Meridian Eye (ME)} it would act. <Damascus> argues that it has no reason. "
        "<A guard> told {ME} that he saw it.",
        ORG="Meridian Eye; ME",
    )
    mentions = {s.label: [doc.words(m) for m in s.mentions] for s in doc.sources}
    assert mentions["the Syrian government"][:1] == ["The Syrian government"]
    assert "Damascus" in mentions["the Syrian government"]
    assert mentions["the Meridian Eye"] == ["the Meridian Eye (ME)", "ME"]


def test_every_merge_has_its_reason() -> None:
    doc = story(
        "<Ann Bell, a nurse,> said no. <Bell> said yes. <She> said so. <The nurse> left.", PERSON="Ann Bell; Bell"
    )
    rules = {n.rule for n in doc.notes if n.component == "coreference"}
    assert rules == {"surname", "pronoun", "definite description"}
    assert all(n.evidence for n in doc.notes)


def test_a_story_without_sentences_or_words() -> None:
    doc = story("")
    assert doc.sources == []


def test_a_long_hostile_story_is_read_in_reasonable_time() -> None:
    doc = unresolved("<He> said “<I> know (the ”, the The the who " * 400)
    resolve(doc)
    assert len(doc.drafts) == 800
