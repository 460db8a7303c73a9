"""`python -m ivr.qa.small_pipes`: the service, with little room between its processes."""

from ivr import packets, settings
from ivr.service import app

if __name__ == "__main__":
    packets.BUFFER = 4096  # bytes; the kernel gives the least that it has
    app.serve(settings.load())
