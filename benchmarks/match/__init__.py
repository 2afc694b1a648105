"""How well and how fast published fact-checks are found."""
