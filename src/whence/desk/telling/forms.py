"""Sentences of the library taken apart by the forms that they were made from, and put together in another language.

The library speaks English, and a stored reading holds its finished sentences. Each form is such a sentence with places
in braces, and the key under which catalogues translate it; what stood in the places is set into the translation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext, override, pgettext

__all__ = ["Form", "Forms", "Place", "Told", "either", "names", "number", "plain", "quotes"]

_LONGEST = 2000  # characters: beyond that nothing is looked for
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OTHERS = re.compile(r"(\d+) others\Z")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as the page says it.

    Attributes:
        words: the sentence.
        language: "" for the page's own; "en" where no form fits, and the sentence is left as it is.
    """

    words: str
    language: str = ""

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand in a place.

    Attributes:
        pattern: of it, without groups.
        say: puts what stood there into the page's language, given the labels of the reading's sources.
    """

    pattern: str
    say: Callable[[str, Sequence[str]], str]


def _word(value: int) -> str:
    """A number as a sentence writes it: small ones in words."""
    return [
        pgettext("number", "no"),
        pgettext("number", "one"),
        pgettext("number", "two"),
        pgettext("number", "three"),
        pgettext("number", "four"),
        pgettext("number", "five"),
        pgettext("number", "six"),
        pgettext("number", "seven"),
        pgettext("number", "eight"),
        pgettext("number", "nine"),
        pgettext("number", "ten"),
    ][value]


def _value(written: str) -> int:
    low = written.lower()
    return _NUMBERS.index(low) if low in _NUMBERS else int(written.replace(",", ""))


def _number(written: str, _labels: Sequence[str]) -> str:
    value = _value(written)
    return _word(value) if written.lower() in _NUMBERS else number_format(value, force_grouping=True)


def _listed(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return gettext("{some} and {last}").format(some=", ".join(items[:-1]), last=items[-1])


def _other(item: str) -> str:
    found = _OTHERS.match(item)
    return gettext("{n} others").format(n=found[1]) if found else item


def _names(written: str, labels: Sequence[str]) -> str:
    """A list of names, its "and" translated; as it is where it does not part into known names."""
    rest, items = written, []
    by_length = sorted(set(labels), key=len, reverse=True)
    while rest:
        known = next((x for x in by_length if rest.startswith(x)), "") or "".join(_OTHERS.findall(rest) and [rest])
        after = rest[len(known) :]
        joint = next((j for j in (", ", " and ") if after.startswith(j)), None if after else "")
        if not known or joint is None:
            return written
        items.append(_other(known))
        rest = after[len(joint) :]
    return _listed(items)


def _quotes(written: str, _labels: Sequence[str]) -> str:
    """A list of quotations, with the language's own marks."""
    items = re.split(r"(?<=”)(?:, | and )(?=“|\d+ others\Z)", written)
    quoted = (gettext("“{words}”").format(words=x[1:-1]) if x.startswith("“") else _other(x) for x in items)
    return _listed(list(quoted))


number = Place(rf"(?:{'|'.join(_NUMBERS)}|\d[\d,]*)", _number)
names = Place(r".+", _names)
quotes = Place(r"“.+(?:”|\d others)", _quotes)
plain = Place(r".+?", lambda written, _labels: written)


def either(say: Callable[[str], str], pattern: str = r".+?") -> Place:
    """A place for something that `say` puts into words; what it does not know it returns as it is."""
    return Place(pattern, lambda written, _labels: say(written))


@dataclass(frozen=True)
class Form:
    """A sentence with places.

    Attributes:
        text: the sentence, a key of the catalogues; or a function that gives it for a number, where it has a plural.
        places: what may stand in each place.
        counted: the place whose number decides between singular and plural.
    """

    text: str | Callable[[int], str]
    places: Mapping[str, Place]
    counted: str = "n"

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The English sentence, singular and plural."""
        with override(None):
            texts = [self.text] if isinstance(self.text, str) else [self.text(1), self.text(2)]
        return tuple(re.compile(self._pattern(text), re.DOTALL) for text in texts)

    def _pattern(self, text: str) -> str:
        parts = _PLACE.split(text)
        seen: set[str] = set()
        out = []
        for i, part in enumerate(parts):
            if i % 2 == 0:
                out.append(re.escape(part))
                continue
            given = self.places.get(part, plain).pattern
            # A number that begins a sentence has a capital.
            begins = f"(?i:{given})" if i == 1 and not parts[0] else given
            out.append(f"(?P={part})" if part in seen else f"(?P<{part}>{begins})")
            seen.add(part)
        return "".join(out)

    def say(self, found: Mapping[str, str], labels: Sequence[str]) -> str:
        """Put the sentence together in the page's language."""
        said = {name: self.places.get(name, plain).say(value, labels) for name, value in found.items()}
        if isinstance(self.text, str):
            return gettext(self.text).format(**said)
        return self.text(_value(found[self.counted]) if self.counted in found else 1).format(**said)


@dataclass(frozen=True)
class Forms:
    """All that is said of one kind.

    Attributes:
        fixed: sentences without places.
        forms: sentences with places, in the order in which they are tried.
        tails: sentences that may stand behind another.
        sentences: whether they begin with a capital.
    """

    fixed: frozenset[str] = frozenset()
    forms: tuple[Form, ...] = ()
    tails: tuple[Form, ...] = ()
    sentences: bool = False

    def tell(self, says: str, labels: Sequence[str] = ()) -> Told:
        """Say a sentence of the library in the page's language; as it is where no form fits.

        Args:
            says: the sentence.
            labels: of the reading's sources.
        """
        told = self._told(says, labels) if 0 < len(says) <= _LONGEST else None
        return Told(says, "en") if told is None else Told(told)

    def _told(self, says: str, labels: Sequence[str]) -> str | None:
        if says in self.fixed:
            return gettext(says)
        for form in self.tails:
            for pattern in form.patterns:
                found = re.search(rf" (?:{pattern.pattern})\Z", says, re.DOTALL)
                first = self._told(says[: found.start()], labels) if found else None
                if found and first is not None:
                    return f"{first} {self._begun(form.say(found.groupdict(), labels))}"
        for form in self.forms:
            for pattern in form.patterns:
                found = pattern.fullmatch(says)
                if found:
                    return self._begun(form.say(found.groupdict(), labels))
        return None

    def _begun(self, said: str) -> str:
        return said[:1].upper() + said[1:] if self.sentences else said
