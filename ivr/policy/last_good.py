"""The last good policy, in a file of its own: for a program that starts for each call.

Checking the admin's files takes such a program most of its time (pydantic, YAML), so it does that only after they
have changed, and leaves the policy in a form that is read as it is. That file is believed only if it is whole, our
own user's, and just what we would write: another version of this program may know a policy of another form.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from ivr.domain.facts import Conditions
from ivr.domain.plain import made
from ivr.domain.policy import Policy
from ivr.errors import FileError
from ivr.policy import texts
from ivr.policy.cel import Programs


@dataclass(frozen=True, slots=True)
class Good:
    """A policy and what evaluates its conditions."""

    policy: Policy
    conditions: Conditions


class LastGood:
    """The PolicySource port, on the admin's files in `folder`. `kept` is the file of its own; it may be missing."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.problem: FileError | None = None
        self._folder, self._kept = folder, kept

    def in_force(self) -> Good:
        """As `policy`, with its conditions ready."""
        policy = self.policy()
        return Good(policy, Programs(policy.conditions()))

    def policy(self) -> Policy:
        """The policy of the files, or the last good one while they are broken; `problem` then says what is wrong.

        Raises FileError when they are broken and no good one was kept.
        """
        kept = _read(self._kept)
        try:
            if kept and kept.version == texts.read(self._folder).version:
                return kept
            policy = _checked(self._folder)
        except FileError as error:
            if kept is None:
                raise
            self.problem = error
            return kept
        with suppress(OSError):  # then the next call checks the files again
            _write(self._kept, policy)
        return policy


def _checked(folder: Path) -> Policy:
    from ivr.policy import files  # noqa: PLC0415 - pydantic and YAML, see above

    return files.load(folder).policy


def _read(path: Path) -> Policy | None:
    try:
        with path.open(encoding="utf-8") as file:
            ours = os.fstat(file.fileno()).st_uid == os.geteuid()
            total, _, body = file.read().partition("\n")
        if not ours or total != _sum(body):
            return None
        policy = made(Policy, json.loads(body))
    except (OSError, ValueError):
        return None
    return policy if policy and body == _body(policy) else None


def _write(path: Path, policy: Policy) -> None:
    """Replace the file as a whole. Should two programs do so at once and mix, the sum tells."""
    body = _body(policy)
    new = path.with_name(f"{path.name}.new")
    new.write_text(f"{_sum(body)}\n{body}", encoding="utf-8")
    new.replace(path)


def _body(policy: Policy) -> str:
    return json.dumps(asdict(policy))


def _sum(body: str) -> str:
    return sha256(body.encode()).hexdigest()
