"""The engines: one method, several machines."""
