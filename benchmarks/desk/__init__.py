"""The desk under load and under `kill -9`."""
