"""Trace: passages that travelled from story to story, the way they went, and where they began.

Importing this package loads nothing that the extra `trace` brings.
"""
