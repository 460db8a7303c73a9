"""The sources of scores, files and databases, and metrics made of their rows."""
