"""What staff do to customers' PINs, with nothing but the database and the file of peppers."""

from pathlib import Path

from ivr.errors import PinError
from ivr.settings import Settings
from ivr.store import peppers, pins
from ivr.store.engine import reader, writer


def set_pin(settings: Settings, customer_id: str, pin: str | None) -> None:
    """Give a customer a new PIN, or none. Raises PinError, which says why not, and StoreError."""
    engine = writer(settings.database_url, create=False)
    try:
        pins.set_pin(engine, customer_id, pin, settings.pin_pepper_file)
    finally:
        engine.dispose()


def add_pepper(settings: Settings) -> tuple[Path, str]:
    """Make a new pepper for PINs; where it is, and its ID. Raises PinError and StoreError.

    The first one is made only if no PIN says that it had one before.
    """
    path = _pepper_file(settings)
    if not path.exists() and any(_peppers_in_use(settings)):
        raise PinError(f"{path}: the file with the pepper is missing, and there are PINs that need it: restore it")
    return path, peppers.add(path).id


def drop_old_peppers(settings: Settings) -> tuple[list[str], dict[str, int]]:
    """Take away the older peppers that no PIN has; their IDs, and how many PINs there are by the ID of their pepper.

    Raises PinError and StoreError.
    """
    path, in_use = _pepper_file(settings), _peppers_in_use(settings)
    return peppers.drop(path, set(in_use)), in_use


def _pepper_file(settings: Settings) -> Path:
    if settings.pin_pepper_file is None:
        raise PinError("set IVR_PIN_PEPPER_FILE first, for the service too: the file in which the pepper is to be")
    return settings.pin_pepper_file


def _peppers_in_use(settings: Settings) -> dict[str, int]:
    engine = reader(settings.database_url)
    try:
        return pins.peppers_in_use(engine)
    finally:
        engine.dispose()


def unlock_pin(settings: Settings, customer_id: str) -> None:
    """Have a customer's wrong tries count no longer. Raises PinError for an unknown customer, and StoreError."""
    engine = writer(settings.database_url, create=False)
    try:
        pins.unlock(engine, customer_id)
    finally:
        engine.dispose()
