"""An invented community's stories and notes; services/demo.py brings them to life."""
