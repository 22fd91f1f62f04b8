"""The order in which roles are shown to a candidate.

First the verdict; then, within a verdict, the fit that is already secured: the lower bound. The fit
over the measured skills alone would reward leaving a weak skill unmeasured, whereas measuring one
more skill never lowers the lower bound, whatever comes out. At equal lower bounds the higher upper
bound goes first, so that a role about which nothing is known stands before one that is known to be
out of reach. Remaining ties keep the order they came in.

'Not enough evidence' stands last, its roles ordered by what is known in the same way: a verdict can
never be bettered in this order by knowing less. The lower bound serves the order only; what a page
shows is the fit with both bounds.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from careers.matching.fit import Readiness, Verdict

Role = TypeVar("Role")

VERDICT_ORDER: Final = (
    Verdict.READY,
    Verdict.NEARLY_READY,
    Verdict.DEVELOPING,
    Verdict.NOT_ENOUGH_EVIDENCE,
)


def ranking_key(readiness: Readiness) -> tuple[int, float, float]:
    """Return the sort key of a readiness: smaller is shown earlier."""
    return VERDICT_ORDER.index(readiness.verdict), -readiness.lowest, -readiness.highest


def rank_roles(readiness_by_role: Mapping[Role, Readiness]) -> tuple[Role, ...]:
    """Return the roles, the one that the candidate is most surely ready for first."""
    roles: Iterable[Role] = readiness_by_role
    return tuple(sorted(roles, key=lambda role: ranking_key(readiness_by_role[role])))
