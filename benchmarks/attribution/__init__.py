"""How well and how fast whence finds attributions, beside its peers: `python -m benchmarks.attribution`."""
