"""What is kept: customers, calls, decisions and events, in SQLite or PostgreSQL."""
