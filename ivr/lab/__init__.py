"""A real Asterisk, a carrier, agents' phones and the service, on loopback addresses of one machine."""
