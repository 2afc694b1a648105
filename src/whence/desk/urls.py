"""Addresses of the desk. One module a resource holds the views; names are the resources'."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from whence.desk.views import public_log, stories

urlpatterns = [
    path("", stories.front, name="front"),
    path("stories/", stories.index, name="stories"),
    path("stories/add/", stories.add, name="story-add"),
    path("story/<slug:key>/", stories.show, name="story"),
    path("log/<path:path>", public_log.file, name="log"),
    path("accounts/", include("allauth.urls")),
    path("staff/", admin.site.urls),
]
