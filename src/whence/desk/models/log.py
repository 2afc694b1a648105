"""The public log's files (tiles, bundles, checkpoint) as rows, in the transaction of the facts that they record."""

from __future__ import annotations

from django.db import models

__all__ = ["LogFile", "LogSubject"]


class LogFile(models.Model):
    """One file of the log."""

    path = models.CharField(max_length=200, primary_key=True)
    data = models.BinaryField()

    class Meta:
        db_table = "ledger"

    def __str__(self) -> str:
        return self.path


class LogSubject(models.Model):
    """Whom or what an entry of the log is about, so that a record finds all that the log says of it; not ratings."""

    place = models.PositiveBigIntegerField(primary_key=True)
    subject = models.CharField(max_length=170, db_index=True)  # "story:KEY", "note:ID", "contributor:ALIAS", …, "key"

    def __str__(self) -> str:
        return f"{self.place}: {self.subject}"
