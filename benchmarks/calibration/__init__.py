"""Whether a confidence of 0.9 means right nine times in ten."""
