"""Conditions of rules and segments: CEL, and what can be told about a condition without running it."""
