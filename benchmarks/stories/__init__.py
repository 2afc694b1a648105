"""How well whence reads annotated stories that nobody fitted rules to."""
