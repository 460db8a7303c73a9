"""Routing: from facts and a policy to one treatment, with its reasons."""
