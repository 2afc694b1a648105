"""Django's SQLite backend, with writers that take turns (base.py; ADR 0057)."""
