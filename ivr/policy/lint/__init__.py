"""Whatever is wrong, or surely not meant, in the admin's files."""
