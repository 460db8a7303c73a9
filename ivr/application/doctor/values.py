"""Single values of Asterisk's, as the checks ask for them."""

from ivr.application.doctor.ports import Manager

YES = {"true", "yes", "y", "t", "1", "on"}  # as Asterisk's ast_true(), in small letters


async def value(manager: Manager, name: str) -> str:
    """Return what Asterisk has for a variable or function; empty where our user may not ask."""
    return (await manager.value(name) or "").strip()
