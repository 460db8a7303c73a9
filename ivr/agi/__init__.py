"""Asterisk asks: the FastAGI server, its sessions, and the channel variables that are the contract."""
