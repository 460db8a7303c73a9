"""What most commands share: where they write, and what is here."""

from rich.console import Console

from ivr.here import lab_home, running_lab, settings

__all__ = ["err", "lab_home", "out", "running_lab", "settings"]

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)
