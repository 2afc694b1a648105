"""Marks that change whenever something on public pages does, so that rendered pages can be kept until then."""

from __future__ import annotations

from django.db import models

__all__ = ["Generation"]


class Generation(models.Model):
    """The present mark of a story's page ("story:KEY"), of lists ("desk") or of every page ("all").

    Marks are random, not counted: what a transaction that was rolled back had made can never be taken for another.
    """

    name = models.CharField(max_length=24, primary_key=True)
    mark = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.name}: {self.mark}"
