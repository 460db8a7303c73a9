"""`ivr pin`: customers' PINs."""

import getpass
import sys
from typing import Annotated

import typer

from ivr import app as service
from ivr.cli import common
from ivr.errors import PinError

Customer = Annotated[str, typer.Argument(help="the customer_id", metavar="CUSTOMER_ID")]


def set_pin(customer: Customer) -> None:
    """Give a customer a PIN: 4 to 8 digits, asked for twice, or read as one line from standard input.

    It replaces the one before, and wrong tries until now count no longer. Only its hash is kept.

    Example:  ivr pin set C0001
    """
    service.set_pin(
        common.settings(), customer, _asked() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    )
    common.out.print(f"{customer} has a new PIN", markup=False)


def clear(customer: Customer) -> None:
    """Take a customer's PIN away.

    Example:  ivr pin clear C0001
    """
    service.set_pin(common.settings(), customer, None)
    common.out.print(f"{customer} has no PIN", markup=False)


def unlock(customer: Customer) -> None:
    """Let a customer try again who typed too many wrong PINs.

    Example:  ivr pin unlock C0001
    """
    service.unlock_pin(common.settings(), customer)
    common.out.print(f"{customer} may try again", markup=False)


def _asked() -> str:
    try:
        first, second = getpass.getpass("PIN: "), getpass.getpass("once more: ")
    except EOFError:
        raise PinError("no PIN was typed: nothing is changed") from None
    if first != second:
        raise PinError("the two are not the same: nothing is changed")
    return first
