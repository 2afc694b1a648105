"""Every figure of the documentation, printed by scripts that anyone can run."""
