"""How often somebody did something lately."""

from __future__ import annotations

from django.db import models

__all__ = ["Tally"]


class Tally(models.Model):
    """A count in a window of time. Who was counted is a keyed hash: no address is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
