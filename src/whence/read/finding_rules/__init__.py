"""The findings, one rule a file; `whence.read.findings` runs them in their fixed order."""
