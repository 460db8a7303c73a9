"""`ivr health`, for those who ask what it is: the plain command does not come here (see ivr/__main__.py)."""

from ivr.service import health as health_module


def health() -> None:
    """Ask the running service, over AGI, whether it works: it answers, is logged in to AMI, can read its database.

    One line; exit code 0 when all three hold, 1 when not. For health checks of containers; `ivr doctor` says more.
    It also names a planned run of scores that failed. The exit code is for calls, which go on.

    Example:  ivr health
    """
    health_module.main()
