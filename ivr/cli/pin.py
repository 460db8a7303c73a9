"""`ivr pin`: customers' PINs. None is ever an argument, and none is repeated: not on the screen and not in an error."""

import getpass
import sys
import warnings
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from ivr.cli import common, lazy
from ivr.errors import PinError
from ivr.settings import Settings
from ivr.store import pin_administration

_WRONG_USE = 2


class _RepeatsNothing(TyperCommand):
    """A command whose arguments may have a PIN among them: what is wrong with them is said without them."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """As usual, but for what is said."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            if getattr(error, "exit_code", None) == _WRONG_USE and any(any(map(str.isdigit, arg)) for arg in given):
                raise PinError(lazy.NO_PIN_HERE) from None
            raise


Customer = Annotated[str, typer.Argument(help="the customer_id", metavar="CUSTOMER_ID")]


@lazy.of_class(_RepeatsNothing)
def set_pin(customer: Customer) -> None:
    """Give a customer a PIN: 4 to 8 digits, asked for twice, or read as one line from standard input.

    It replaces the one before, and wrong tries until now count no longer. Only its hash is kept.

    Example:  ivr pin set C0001
    """
    settings = common.settings()
    pin_administration.set_pin(
        settings, customer, _asked() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    )
    _told(f"{customer} has a new PIN", settings)


@lazy.of_class(_RepeatsNothing)
def clear(customer: Customer) -> None:
    """Take a customer's PIN away.

    Example:  ivr pin clear C0001
    """
    settings = common.settings()
    pin_administration.set_pin(settings, customer, None)
    _told(f"{customer} has no PIN", settings)


@lazy.of_class(_RepeatsNothing)
def unlock(customer: Customer) -> None:
    """Let a customer try again who typed too many wrong PINs.

    Example:  ivr pin unlock C0001
    """
    settings = common.settings()
    pin_administration.unlock_pin(settings, customer)
    _told(f"{customer} may try again", settings)


def pepper(
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="make none; remove the older ones that no PIN uses any more")
    ] = False,
) -> None:
    """Make a new secret that PINs are mixed with before they are hashed, in the file IVR_PIN_PEPPER_FILE.

    A copy of the database alone is then not enough to find PINs by trying. Keep a copy of the file, apart from those of
    the database.

    Older secrets stay in the file: each PIN is hashed anew with the newest one when it is next typed correctly.

    Example:  IVR_PIN_PEPPER_FILE=/etc/segment-ivr/pepper ivr pin pepper
    """
    settings = common.settings()
    if drop_old:
        dropped, in_use = pin_administration.drop_old_peppers(settings)
        common.out.print(f"taken away: {', '.join(dropped) or 'none'}", markup=False)
        for id_, count in sorted(in_use.items()):
            common.out.print(f"PINs {f'with {id_}' if id_ else 'without a pepper'}: {count}", markup=False)
        common.out.print(common.database(settings), markup=False)
        return
    path, made = pin_administration.add_pepper(settings)
    common.out.print(f"the newest pepper is {made}, in {path}", markup=False)


def _told(what: str, settings: Settings) -> None:
    common.out.print(f"{what}\n{common.database(settings)}", markup=False)


def _asked() -> str:
    try:
        with warnings.catch_warnings():
            # Where it cannot hide what is typed, it would warn and show it.
            warnings.simplefilter("error", getpass.GetPassWarning)
            first, second = getpass.getpass("PIN: "), getpass.getpass("once more: ")
    except EOFError:
        raise PinError("no PIN was typed: nothing is changed") from None
    except getpass.GetPassWarning:
        raise PinError("this terminal would show the PIN: nothing is changed; use another, or standard input") from None
    if first != second:
        raise PinError("the two are not the same: nothing is changed")
    return first
