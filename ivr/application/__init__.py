"""Use cases: what the service and the commands do, in the words of the domain."""
