"""Benchmarks of consensus: generated data of any size in the public format, against the peer's figures."""
