"""A recorded call decided again with the version that decided it: is it the same, and what led to it?"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ivr.domain.calls.record import CallRecord
from ivr.domain.policy_version import Publication, VersionTexts
from ivr.domain.routing.explanation import Explanation, explanation
from ivr.domain.routing.facts import Gathered
from ivr.domain.routing.redecide import NotRecordedError, differences, same_policy
from ivr.errors import FileError, StoreError
from ivr.policy import loader
from ivr.policy.texts import Texts


class RecordedVersions(Protocol):
    """The versions of the policy that are on record. Both raise StoreError."""

    def texts(self, version: str) -> VersionTexts:
        """The texts of a version."""
        ...

    def publication(self, version: str, at: float) -> Publication | None:
        """What had put the version in force at that time (Unix time); None when that was the files."""
        ...


@dataclass(frozen=True, slots=True)
class Again:
    """What deciding again came to. `problem` says why it could not be done; then `explanation` is None.

    `differs` has fields of the Decision with what is recorded and what comes out now. `publication` is what put the
    version in force then; None when that was the files.
    """

    explanation: Explanation | None = None
    publication: Publication | None = None
    differs: list[tuple[str, Any, Any]] = field(default_factory=list)
    problem: str = ""


def decide_again(record: CallRecord, versions: RecordedVersions) -> Again:
    """Decide about a recorded call again, with the texts of its version that are stored. Raises nothing."""
    decision, call = record.decision, record.call
    if decision is None or call is None:
        return Again(problem="the service decided nothing about this call")
    publication = None
    try:
        publication = versions.publication(decision.trace.policy_version, call.arrived_at)
        found = versions.texts(decision.trace.policy_version)
        bundle = loader.parse(Texts(found.policy, found.agents), Path(f"version {found.version}"), None)
        again = same_policy(call, decision, bundle)
        gathered = Gathered(decision.trace.facts, decision.trace.notes)
        explained = explanation(call, gathered, bundle)
    except StoreError as error:
        problem = f"the text of policy {decision.trace.policy_version} is not there: {error}"
    except FileError as error:
        problem = f"this program cannot use that policy any more: {error}"
    except NotRecordedError as error:
        problem = str(error)
    else:
        return Again(explained, publication, differences(decision, again))
    return Again(publication=publication, problem=problem)
