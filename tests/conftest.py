"""For every test: Hypothesis gives the same examples each time, and no example fails for being slow."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A machine under load is no defect: speed is measured in benchmarks/, never in a test.
settings.register_profile("whence", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whence")
