"""The service: its parts put together, started and stopped."""
