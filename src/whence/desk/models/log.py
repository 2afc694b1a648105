"""The public log's files (tiles, bundles, checkpoint) as rows, in the transaction of the facts that they record."""

from __future__ import annotations

from django.db import models

__all__ = ["LogFile"]


class LogFile(models.Model):
    """One file of the log."""

    path = models.CharField(max_length=200, primary_key=True)
    data = models.BinaryField()

    class Meta:
        db_table = "ledger"

    def __str__(self) -> str:
        return self.path
