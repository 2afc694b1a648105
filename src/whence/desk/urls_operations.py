"""Addresses of moderation and of the desk's health."""

from __future__ import annotations

from django.urls import path

from whence.desk.views import appeals, health, moderation

urlpatterns = [
    path("moderation/", moderation.acts, name="moderation"),
    path("note/<int:pk>/report/", moderation.report_note, name="report-note"),
    path("story/<slug:key>/report/", moderation.report_story, name="report-story"),
    path("note/<int:pk>/appeal/", appeals.appeal_note, name="appeal-note"),
    path("story/<slug:key>/appeal/", appeals.appeal_story, name="appeal-story"),
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
