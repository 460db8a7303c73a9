"""Asterisk's manager interface: what happens to calls, and how agents and waiting callers are steered."""
