"""What is kept: customers, calls, decisions and facts, in SQLite or PostgreSQL."""
