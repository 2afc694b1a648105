"""How fast and how large: start, one story, a batch, the installation."""
