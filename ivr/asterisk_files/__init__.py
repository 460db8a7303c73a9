"""Asterisk's own files: what they say of it."""
