"""Whether exchanging names changes anything in a reading but the names."""
