"""Calls: as they arrive, and what happened to them."""
