"""The time for which Asterisk is away, as the callers' SIP client sees it.

An Asterisk that is told to end goes on answering for a second: 503 to each new call. That is no
answer of one that is back, so only what comes after its process has ended counts as such.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from ivr.qa.load import Offered


@dataclass(frozen=True, slots=True)
class Away:
    """Asterisk is away (Unix times): told to end, then gone, then answering SIP again."""

    killed_at: float
    gone_at: float
    back_at: float

    def until_heard(self, answers: Sequence[float]) -> Self:
        """Return the same with the first SIP answer since it was gone as its end.

        Without any, it ends when Asterisk said itself that it had booted: later calls are lost.
        """
        heard = min((at for at in answers if at > self.gone_at), default=self.back_at)
        return replace(self, back_at=heard)

    def took(self, call: Offered) -> bool:
        """Tell whether the call came while Asterisk was away."""
        return self.killed_at <= call.invited_at <= self.back_at

    def cut(self, call: Offered) -> bool:
        """Tell whether the call was up when Asterisk went."""
        if call.invited_at < self.killed_at:
            return self.killed_at < (call.ended_at or self.back_at)
        return call.answered_at is not None and call.answered_at <= self.gone_at

    def hid(self, call: Offered) -> bool:
        """Tell whether the Asterisk that is back never saw a call that came while it was away.

        Its SIP client had given up by then, or had been told 503 by the one that went.
        """
        answered = call.heard_at is not None and call.heard_at > self.gone_at
        return not answered and call.last_invited_at <= self.back_at
