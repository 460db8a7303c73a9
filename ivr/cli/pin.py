"""`ivr pin`: customers' PINs."""

import getpass
import sys
from typing import Annotated

import typer

from ivr import app as service
from ivr.cli import common
from ivr.errors import PinError
from ivr.settings import Settings

Customer = Annotated[str, typer.Argument(help="the customer_id", metavar="CUSTOMER_ID")]


def set_pin(customer: Customer) -> None:
    """Give a customer a PIN: 4 to 8 digits, asked for twice, or read as one line from standard input.

    It replaces the one before, and wrong tries until now count no longer. Only its hash is kept.

    Example:  ivr pin set C0001
    """
    settings = common.settings()
    service.set_pin(settings, customer, _asked() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n"))
    _told(f"{customer} has a new PIN", settings)


def clear(customer: Customer) -> None:
    """Take a customer's PIN away.

    Example:  ivr pin clear C0001
    """
    settings = common.settings()
    service.set_pin(settings, customer, None)
    _told(f"{customer} has no PIN", settings)


def unlock(customer: Customer) -> None:
    """Let a customer try again who typed too many wrong PINs.

    Example:  ivr pin unlock C0001
    """
    settings = common.settings()
    service.unlock_pin(settings, customer)
    _told(f"{customer} may try again", settings)


def _told(what: str, settings: Settings) -> None:
    common.out.print(f"{what}\n{common.database(settings)}", markup=False)


def _asked() -> str:
    try:
        first, second = getpass.getpass("PIN: "), getpass.getpass("once more: ")
    except EOFError:
        raise PinError("no PIN was typed: nothing is changed") from None
    if first != second:
        raise PinError("the two are not the same: nothing is changed")
    return first
