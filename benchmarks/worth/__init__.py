"""Check-worthiness: sentences that fact-checkers chose, against others."""
