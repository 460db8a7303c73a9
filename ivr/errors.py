"""Every error that a person can mend. The message says what is wrong, where, and what to do about it."""


class IvrError(Exception):
    """Base of our errors; the command line prints its message and exits with 2."""


class FileError(IvrError):
    """A file that a person wrote cannot be used as it is. Lines and columns count from 1; None where there is none."""

    def __init__(self, path: object, line: int | None, problem: str, column: int | None = None) -> None:
        self.path, self.line, self.column, self.problem = path, line, column, problem
        place = ":".join(str(part) for part in (path, line, column if line else None) if part is not None)
        super().__init__(f"{place}: {problem}")

    def __reduce__(self) -> tuple[type["FileError"], tuple[object, int | None, str, int | None]]:
        """Errors of other processes come pickled, and Python would make one from its message alone."""
        return type(self), (self.path, self.line, self.problem, self.column)


class SettingError(IvrError):
    """A setting (environment or settings file) is missing or wrong."""


class StoreError(IvrError):
    """The database cannot be reached, or is not what this version expects."""


class RemovalError(IvrError):
    """An import would remove more customers than it may without being told."""


class ScoringError(IvrError):
    """Scores cannot be made: of a source, a calibration, or of what scoring.yaml asks of them."""


class PinError(IvrError):
    """A PIN cannot be used as one, or there is nobody to give it to."""


class AmiError(IvrError):
    """Asterisk refused an AMI action, or the connection was lost before it answered."""


class LabError(IvrError):
    """The local Asterisk of the lab cannot be fetched, started or used."""
