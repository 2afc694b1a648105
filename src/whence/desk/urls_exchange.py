"""Addresses under which others read, embed and exchange what the desk has found."""

from __future__ import annotations

from django.urls import path, re_path

from whence.desk.api import api
from whence.desk.views import badges

urlpatterns = [
    path("story/<slug:key>/record.json", badges.record, name="record"),
    re_path(r"^story/(?P<key>[-\w]+)/badge\.(?P<form>svg|html|json)\Z", badges.badge, name="badge"),
    path("story/<slug:key>/embed/", badges.embed, name="embed"),
    path("oembed", badges.oembed, name="oembed"),
    path("api/v1/", api.urls),
]
