"""Addresses of the desk. One module a resource holds the views; names are the resources'."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from whence.desk.views import front, notes_list, outlets, public_log, reasons, search, sources, statements, stories

urlpatterns = [
    path("", front.front, name="front"),
    path("about/", front.about, name="about"),
    path("language/<slug:code>/", front.language, name="language"),
    path("search/", search.search, name="search"),
    path("stories/", stories.index, name="stories"),
    path("stories/add/", stories.add, name="story-add"),
    path("story/<slug:key>/", stories.show, name="story"),
    path("story/<slug:key>/why/", reasons.show, name="reasons"),
    path("story/<slug:key>/state/", stories.state, name="story-state"),
    path("statements/", statements.index, name="statements"),
    path("notes/", notes_list.index, name="notes"),
    path("sources/", sources.index, name="sources"),
    path("source/<slug:slug>/", sources.show, name="source"),
    path("outlets/", outlets.index, name="outlets"),
    path("outlet/<slug:slug>/", outlets.outlet, name="outlet"),
    path("byline/<slug:slug>/", outlets.byline, name="byline"),
    path("log/<path:path>", public_log.file, name="log"),
    path("", include("whence.desk.urls_people")),
    path("", include("whence.desk.urls_exchange")),
    path("", include("whence.desk.urls_operations")),
    path("accounts/", include("allauth.urls")),
    path("staff/", admin.site.urls),
]

handler400 = "whence.desk.views.failures.bad_request"
handler403 = "whence.desk.views.failures.forbidden"
handler404 = "whence.desk.views.failures.not_found"
handler500 = "whence.desk.views.failures.broken"
