"""Segment-aware call routing for Asterisk."""

__version__ = "0.1.0"
