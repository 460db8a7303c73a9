"""Scenarios: test calls in files, played on a real stack, with a verdict and its reasons."""
