"""Addresses under which others read, embed and exchange what the desk has found."""

from __future__ import annotations

from django.urls import path, re_path

from whence.desk.api import api
from whence.desk.views import badges, data, exchange, feeds, webhooks

urlpatterns = [
    path("story/<slug:key>/badge/", badges.offer, name="badge"),
    path("story/<slug:key>/record.json", badges.record, name="record"),
    re_path(r"^story/(?P<key>[-\w]+)/badge\.(?P<form>svg|html|json)\Z", badges.badge, name="badge-file"),
    path("story/<slug:key>/embed/", badges.embed, name="embed"),
    path("oembed", badges.oembed, name="oembed"),
    path("story/<slug:key>/annotations.jsonld", exchange.collection, name="annotations"),
    path("claimreviews.jsonld", exchange.claim_reviews, name="claim-reviews"),
    path("feeds/", feeds.offer, name="feeds"),
    path("feed.atom", feeds.feed, name="feed"),
    re_path(r"^feeds/(?P<kind>[a-z]+)\.(?P<form>atom|json)\Z", feeds.feed, name="feed"),
    path("data/", data.index, name="data"),
    path("data/<str:name>", data.file, name="data-file"),
    path("me/webhooks/", webhooks.index, name="webhooks"),
    path("me/webhooks/<int:pk>/delete/", webhooks.delete, name="webhook-delete"),
    path("api/v1/", api.urls),
]
