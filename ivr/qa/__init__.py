"""Test calls over real SIP, and what became of them."""
