"""`ivr doctor`: is everything in place? Each check is a verdict and, when it is bad, what to do."""
