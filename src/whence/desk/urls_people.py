"""Addresses of what contributors do."""

from __future__ import annotations

from django.urls import path

from whence.desk.views import me, notes, queue, ratings

urlpatterns = [
    path("story/<slug:key>/note/", notes.write, name="note-write"),
    path("note/<int:pk>/", notes.show, name="note"),
    path("note/<int:pk>/withdraw/", notes.withdraw, name="note-withdraw"),
    path("note/<int:pk>/rate/", ratings.rate, name="rate"),
    path("note/<int:pk>/unrate/", ratings.unrate, name="unrate"),
    path("queue/", queue.queue, name="queue"),
    path("me/", me.me, name="me"),
    path("me/close/", me.close, name="close-account"),
]
