"""What a page's head holds for programs."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from whence.desk.models import Note, Story
from whence.desk.views import badges, exchange

__all__ = ["register"]

register = template.Library()


@register.simple_tag
def claim_review(note: Note) -> SafeString:
    """A shown note's ClaimReview as JSON-LD; nothing in it can end the element (publish.note_review)."""
    return mark_safe(exchange.claim_review(note))  # noqa: S308


@register.simple_tag
def exchange_links(story: Story) -> SafeString:
    """Links to a story's record and to its embedding."""
    return mark_safe(badges.head_links(story))  # noqa: S308
