"""Pages, one resource a file."""
