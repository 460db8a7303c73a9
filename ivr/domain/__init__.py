"""The pure core: no I/O, no asyncio, no clock of its own."""
