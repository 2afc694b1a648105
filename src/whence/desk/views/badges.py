"""A story's badge and the record that it stands on: for other people's pages, so they stay when the story is gone."""

from __future__ import annotations

import json
from typing import get_args
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from whence.desk import config
from whence.desk.caching import public
from whence.desk.models import Story
from whence.desk.services import records
from whence.desk.views.failures import problem
from whence.publish.badge import RECORD_TYPE, Theme, badge_html, badge_text, to_badge
from whence.publish.badge_svg import badge_svg
from whence.publish.json import dump
from whence.publish.oembed import to_oembed
from whence.publish.record_json import to_record_json
from whence.records.badge import BadgeFacts

__all__ = ["badge", "embed", "head_links", "oembed", "offer", "record"]

_EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
)
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"


def _open(response: HttpResponse) -> HttpResponse:
    """Let other sites' pages read an answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _story(key: str) -> Story:
    return get_object_or_404(Story.objects.select_related("outlet"), key=key)


def _facts(key: str) -> BadgeFacts:
    return records.story_record(_story(key), evidence=False).badge()


@require_safe
@public
def record(request: HttpRequest, key: str) -> HttpResponse:
    """Everything published about a story, with the proof that the public log holds it."""
    return _open(HttpResponse(to_record_json(records.story_record(_story(key))), content_type=RECORD_TYPE))


@require_safe
@public
@xframe_options_exempt
def badge(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """What the record comes to, in a line: as an image, a snippet of HTML, or JSON."""
    theme = _theme(request)
    facts = _facts(key)
    if form == "svg":
        response = HttpResponse(badge_svg(facts, theme), content_type="image/svg+xml; charset=utf-8")
        response["Content-Security-Policy"] = _SVG_POLICY
    elif form == "html":
        response = HttpResponse(badge_html(facts, theme) + "\n", content_type="text/html; charset=utf-8")
        response["Content-Security-Policy"] = _SVG_POLICY
    else:
        response = HttpResponse(dump(to_badge(facts), 1) + "\n", content_type="application/json")
    return _open(response)


def _theme(request: HttpRequest) -> Theme:
    given = request.GET.get("theme", "light")
    for theme in get_args(Theme):
        if theme == given:
            known: Theme = theme
            return known
    raise Http404(f"a badge's theme is one of {', '.join(get_args(Theme))}")


@require_safe
@public
def offer(request: HttpRequest, key: str) -> HttpResponse:
    """The badge to look at, with what to put into a page of one's own."""
    story = _story(key)
    facts = _facts(key)
    page = config.get().url + story.get_absolute_url()
    themes = [
        (
            theme,
            badge_html(facts, theme),
            f'<a href="{page}"><img src="{page}badge.svg?theme={theme}" alt="{facts.line}" height="28"></a>',
        )
        for theme in get_args(Theme)
    ]
    frame = f'<iframe src="{page}embed/" title="{facts.line}" width="420" height="240" loading="lazy"></iframe>'
    context = {
        "story": story,
        "facts": facts,
        "themes": themes,
        "frame": frame,
        "page": page,
        "text": badge_text(facts),
    }
    return render(request, "desk/badge.html", context)


@require_safe
@public
@xframe_options_exempt
def embed(request: HttpRequest, key: str) -> HttpResponse:
    """A page for a frame on somebody else's: the badge's line and the notes that are shown; no script."""
    story = _story(key)
    found = records.story_record(story, evidence=False)
    response = render(request, "desk/embed.html", {"story": story, "record": found, "line": found.badge().line})
    response["Content-Security-Policy"] = _EMBED_POLICY
    return _open(response)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer a consumer of oEmbed 1.0 who was given a story's address."""
    if request.GET.get("format", "json") != "json":
        return problem(501, "Not implemented", "oEmbed is answered as JSON: leave format out, or ask for json")
    url = request.GET.get("url", "")
    key = _key_of(url)
    if key is None:
        return problem(404, "Not found", "url is the address of a story on this desk")
    sizes = {}
    for name in ("maxwidth", "maxheight"):
        given = request.GET.get(name, "")
        if given and not (given.isascii() and given.isdigit() and len(given) <= 5):
            return problem(400, "Bad request", f"{name} is a number of pixels")
        sizes[name] = int(given) if given else None
    settings = config.get()
    values = to_oembed(
        _facts(key),
        settings.name,
        settings.url,
        theme=_theme(request),
        max_width=sizes["maxwidth"],
        max_height=sizes["maxheight"],
    )
    return _open(HttpResponse(json.dumps(values, ensure_ascii=False), content_type="application/json"))


def _key_of(url: str) -> str | None:
    base = config.get().url
    if not url.startswith(base + "/") or len(url) > 500:
        return None
    path = urlsplit(url[len(base) :]).path
    try:
        match = resolve(path)
    except Resolver404:
        return None
    key = match.kwargs.get("key")
    return key if isinstance(key, str) and Story.objects.filter(key=key).exists() else None


def head_links(story: Story) -> str:
    """Return the elements of a story page's head that lead to its record and its embedding."""
    settings = config.get()
    page = settings.url + story.get_absolute_url()
    return format_html(
        '<link rel="alternate" type="{}" href="{}">'
        '<link rel="alternate" type="application/json+oembed" href="{}/oembed?format=json&amp;url={}">',
        RECORD_TYPE,
        records.record_url(story),
        settings.url,
        page,
    )
