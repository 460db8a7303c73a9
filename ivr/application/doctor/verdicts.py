from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the doctor's report. `mend` says what to do when it is not `ok`.

    `can_wait`: calls are served all the same.
    """

    about: str
    ok: bool
    says: str
    mend: str = ""
    can_wait: bool = False
