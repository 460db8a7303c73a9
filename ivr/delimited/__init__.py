"""Delimited text (CSV and its kin) as programs export it: from bytes to letters to rows."""
