"""Text as the stages need it: offsets, normalising, sentences."""
