"""The admin's files: YAML in, validated values out, and one clear line when something is wrong with them."""
