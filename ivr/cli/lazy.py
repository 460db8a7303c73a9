"""Commands that are imported when they are called, and not before.

A command's module imports what the command needs, at its top, as every module does. The command line knows only where
each command is, so nobody waits for what other commands need: commands that need different things stand in different
modules. The lists of commands in help come from the functions' docstrings, which are read from the source.
"""

import ast
import importlib
import importlib.util
import inspect
from collections.abc import Callable, Mapping
from functools import cache
from importlib.abc import InspectLoader
from typing import Any, ClassVar, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from ivr.cli import test_bench
from ivr.errors import PinError

NO_PIN_HERE = (
    "only the customer_id is written in the command line (what stands there is not shown): the shell keeps it, and "
    "others see it. If it was a PIN, choose another one; `ivr pin set CUSTOMER_ID` asks for it"
)
F = TypeVar("F", bound=Callable[..., Any])


class LazyGroup(TyperGroup):
    """A group that imports a command's module when the command is called, or its help is asked for."""

    places: ClassVar[Mapping[str, str]] = {}
    _listing = False

    def __init__(self, **options: Any) -> None:
        """With a stand-in for each command, by whose name it is listed and suggested."""
        super().__init__(**options)
        self.commands = {**{name: TyperCommand(name) for name in self.places}, **self.commands}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command; only its first line while the group's help is written."""
        place = self.places.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        if self._listing:
            return TyperCommand(cmd_name, help=reflowed(_docstring(place)))
        return _command(cmd_name, imported(place))

    def get_params(self, ctx: Any) -> Any:
        """As usual, shown in our words."""
        return in_our_words(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the group's help: for its list of commands, none of them is imported."""
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False


class PinGroup(LazyGroup):
    """A group that does not repeat what is no command of it: it may be a PIN."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As usual, but for what is said."""
        if args and args[0] not in self.commands and any(map(str.isdigit, args[0])):
            raise PinError(NO_PIN_HERE)
        return super().resolve_command(ctx, args)


def group(about: str, commands: Mapping[str, str], base: type[LazyGroup] = LazyGroup) -> typer.Typer:
    """A group of commands. Each is `module:function`, of a module beside this one; `about` is the group's help."""
    cls = type("Group", (base,), {"places": commands})
    return typer.Typer(
        cls=cls, help=reflowed(about), no_args_is_help=True, rich_markup_mode="rich", pretty_exceptions_enable=False,
        add_completion=False,
    )  # fmt: skip


def of_class(command: type[TyperCommand]) -> Callable[[F], F]:
    """Have the function that follows become a command of this class."""

    def mark(function: F) -> F:
        function.command_class = command  # type: ignore[attr-defined]  # read by _command
        return function

    return mark


def with_commands(commands: Mapping[str, str]) -> Callable[[F], F]:
    """Have the function that follows become a command that has others, as `group` has them.

    It is called before one of these, too.
    """

    def mark(function: F) -> F:
        function.own_commands = commands  # type: ignore[attr-defined]  # read by _command
        return function

    return mark


def imported(place: str) -> Callable[..., Any]:
    """The function at `module:function`. Raises LabError if it is the test bench's, and that is not installed."""
    module, _, function = place.partition(":")
    if module in test_bench.MODULES:
        test_bench.check()
    found: Callable[..., Any] = getattr(importlib.import_module(f"{__package__}.{module}"), function)
    return found


def reflowed(text: str) -> str:
    """Help with one line for each paragraph: the terminal's width breaks lines, not that of the source."""
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in inspect.cleandoc(text).split("\n\n"))


def in_our_words(params: list[Any]) -> list[Any]:
    """Options and arguments whose help shows values by our words, and limits as `1 to 9`.

    By itself typer shows Python's types and `1<=x<=9`, and puts braces around arguments in the line of the usage.
    """
    for each in params:
        least, most = getattr(each, "min", None), getattr(each, "max", None)
        shown = None if each.param_type_name == "argument" or getattr(each, "is_flag", False) else each.metavar
        limits = None if least is None or most is None else f"{least:g} to {most:g}"
        each.display_type_rich = lambda ctx, shown=shown: shown
        each._get_number_range_help_str = lambda limits=limits: limits
        if each.param_type_name == "argument":
            name = f"{each.metavar}{'…' if each.nargs == -1 else ''}"
            used = name if each.required else f"[{name}]"
            each.get_usage_pieces = lambda ctx, used=used: [used]
    return params


def _command(name: str, function: Callable[..., Any]) -> Any:
    alone = typer.Typer(rich_markup_mode="rich", pretty_exceptions_enable=False, add_completion=False)
    about = reflowed(function.__doc__ or "")
    if places := getattr(function, "own_commands", None):
        own = type("CommandWithOthers", (LazyGroup,), {"places": places})
        alone.info.name = name
        alone.callback(cls=own, help=about, invoke_without_command=True)(function)
        return typer.main.get_command(alone)
    cls = getattr(function, "command_class", TyperCommand)
    alone.command(name, cls=cls, help=about)(function)
    command: Any = typer.main.get_command(alone)
    usual = command.get_params
    command.get_params = lambda ctx: in_our_words(usual(ctx))
    return command


def _docstring(place: str) -> str:
    module, _, function = place.partition(":")
    return _docstrings(f"{__package__}.{module}").get(function, "")


@cache
def _docstrings(module: str) -> dict[str, str]:
    """The docstring of each function of a module, which is not imported for that."""
    spec = importlib.util.find_spec(module)
    source = spec.loader.get_source(module) if spec and isinstance(spec.loader, InspectLoader) else None
    functions = (node for node in ast.parse(source or "").body if isinstance(node, ast.FunctionDef))
    return {function.name: ast.get_docstring(function) or "" for function in functions}
