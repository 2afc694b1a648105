"""How the weights are made: `python -m training` rebuilds them from the data. Not part of the wheel."""
