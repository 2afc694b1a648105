"""What people do at the desk, as plain functions: one transaction each, with its entry in the public log."""
