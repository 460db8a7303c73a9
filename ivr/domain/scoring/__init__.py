"""Scores that are calculated from data."""
