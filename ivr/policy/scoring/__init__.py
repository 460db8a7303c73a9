"""scoring.yaml: the admin's file that says what scores are made of."""
