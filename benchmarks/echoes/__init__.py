"""Statements against statements: how often likeness means sameness."""
