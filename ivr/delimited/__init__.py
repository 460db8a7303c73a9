"""Delimited text (CSV and its kin) as programs export it: which letters its bytes are, and which rows these make."""
