"""Why a page could not be fetched or read, and why what was given is refused.

The library's lines end in a remedy for a command line ("save the page and give the file"). On the desk the page says
what can be done, so that the remedies are left out.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy

from whence.desk.telling.forms import Form, Forms, Told, either, number

__all__ = ["tell"]

_REMEDY = re.compile(
    r"(?:: |; )(?:save|try again|check|give|write it|unpack|percent-encode|shorten|paste|export|read it) [^\n]*\Z"
)
_MEDIA = {
    "a PDF file": pgettext_lazy("file", "a PDF file"),
    "a PNG image": pgettext_lazy("file", "a PNG image"),
    "a JPEG image": pgettext_lazy("file", "a JPEG image"),
    "a GIF image": pgettext_lazy("file", "a GIF image"),
    "a media file (RIFF)": pgettext_lazy("file", "a media file (RIFF)"),
    "a ZIP archive, or an office or e-book file": pgettext_lazy("file", "a ZIP archive, or an office or e-book file"),
    "an old office document": pgettext_lazy("file", "an old office document"),
    "a rich text (RTF) file": pgettext_lazy("file", "a rich text (RTF) file"),
    "an audio file": pgettext_lazy("file", "an audio file"),
    "a video or image file": pgettext_lazy("file", "a video or image file"),
    "a program": pgettext_lazy("file", "a program"),
    "a gzip archive": pgettext_lazy("file", "a gzip archive"),
    "a tar archive": pgettext_lazy("file", "a tar archive"),
}
_media = either(lambda what: str(_MEDIA.get(what, what)), "an? .+?")

_TROUBLES = Forms(
    fixed=frozenset(
        (
            _("there is no such webhook of yours"),
            _("a webhook's address begins with https:// and has at most 2,000 characters: this has not"),
            _("there is nothing to read: paste the story’s address or its text"),
            _("a URL with a user name or password is not fetched"),
            _("reading it took more memory or time than there is"),
            _("a story's address begins with http:// or https:// and has at most 2,000 characters: this has not"),
        )
    ),
    forms=(
        # The address.
        Form(_("only http and https are fetched; got {address}"), {}),
        Form(_("a URL has at most {most} characters; got {have}: {address}"), {"most": number, "have": number}),
        Form(_("a URL has no spaces, backslashes or control characters; got {address}"), {}),
        Form(_("{address} is not a URL ({why})"), {}),
        Form(_("{address} names no valid host"), {}),
        Form(_("{address} names no host"), {}),
        Form(_("{address} names a host that is no valid international domain name"), {}),
        Form(_("only ports {ports} are fetched from; got port {port} in {address}"), {}),
        # The host.
        Form(_("the name {host} was not resolved in time"), {}),
        Form(_("the host {host} was not found ({why})"), {}),
        Form(_("the host {host} has no address"), {}),
        Form(_("{host} leads to {address}, which is not a public address ({why})"), {}),
        Form(_("{host} shows no valid certificate ({why}): the page is not to be trusted"), {}),
        Form(_("{host} cannot be reached ({why})"), {}),
        # What may be read.
        Form(_("{origin}/robots.txt forbids reading {address}"), {}),
        Form(_("{origin}/robots.txt answers with status {status}, so nobody knows what may be read"), {}),
        # The answer.
        Form(_("{address} answers with status {status}"), {}),
        Form(_("{address} did not answer in valid HTTP ({why})"), {}),
        Form(_("{address} took longer than {seconds} seconds"), {}),
        Form(_("{address} redirects more than {times} times"), {}),
        Form(_("{address} redirects to something that is no URL"), {}),
        Form(
            _("{address} has {size} bytes or more, unpacked, above the {most} allowed"),
            {"size": number, "most": number},
        ),
        # What it holds.
        Form(_("{name} is {what}, not text or HTML"), {"what": _media}),
        Form(_("{name} holds binary data, not text or HTML"), {}),
        Form(_("{name} is a feed, which holds many stories"), {}),
        Form(_("{name} is a web archive, which holds many stories"), {}),
        Form(_("{name} has no text: no article was found in it"), {}),
        Form(_("{name} has no text"), {}),
        Form(_("{name} is empty"), {}),
        Form(_("{name} cannot be read as HTML ({why})"), {}),
        Form(
            _("{name} has {size} characters of text, more than the {most} of a page"),
            {"size": number, "most": number},
        ),
        # A text that was pasted.
        Form(
            _("a story has at most {most} characters, this one {have}"),
            {"most": number, "have": number},
        ),
        # What somebody sends in.
        Form(_("an appeal names who appeals, in 2 to 200 characters: this one in {have}"), {"have": number}),
        Form(
            _("an appeal says what is wrong in 20 to {most} characters: this one in {have}"),
            {"most": number, "have": number},
        ),
        Form(_("one person has at most {most} webhooks: delete one"), {"most": number}),
        Form(_("a publication date is an ISO 8601 date or date-time; got {given}"), {}),
    ),
)


def tell(says: str) -> Told:
    """Say why something failed in the page's language, without the library's remedy; as it is where no form fits.

    Args:
        says: the text of a WhenceError.
    """
    told = _TROUBLES.tell(says if says in _TROUBLES.fixed else _REMEDY.sub("", says))
    return Told(says, "en") if told.language else told
