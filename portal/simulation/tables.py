"""The study as tables: plain for a terminal, Markdown for the documentation. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .study import TRUE_THETAS, Study
from .verdicts import NO_TALLY, Tally, interval

COSTS = (1.0, 1.5, 2.0, 3.0)
"""How many false fails a false pass may be as bad as: shown beside one another."""


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def as_text(self) -> str:
        lines = [self.head, *self.rows]
        widths = [max(len(row[column]) for row in lines) for column in range(len(self.head))]
        return "\n".join([self.title, *(_padded(row, widths) for row in lines)])

    def as_markdown(self) -> str:
        rule = ["---", *["--:"] * (len(self.head) - 1)]
        rows = [self.head, rule, *self.rows]
        return "\n".join([f"**{self.title}**", "", *(f"| {' | '.join(row)} |" for row in rows)])


def study_tables(study: Study) -> list[Table]:
    return [
        _roles("Verdict 'ready' against the truth, all required skills taken", study.as_judged),
        _close_calls(study.as_judged),
        _roles("The same with misjudged item difficulties", study.misjudged),
        _roles("The same with only the role's battery taken", study.battery_only),
        _fits("Thresholds of the fit for 'ready'", study, study.by_fit),
        _fits("The same thresholds, misjudged difficulties", study, study.by_fit_misjudged),
        _careless(study),
        _careless_levels(study),
        _precision(study),
    ]


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = row
    cells = [first.ljust(widths[0])]
    cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
    return "  " + "  ".join(cells)


def percent(count: int, total: int) -> str:
    return f"{100 * count / total:.1f} %" if total else "none"


def percent_with_interval(count: int, total: int) -> str:
    if not total:
        return "none"
    low, high = interval(count, total)
    return f"{100 * count / total:.1f} % ({100 * low:.1f}–{100 * high:.1f})"


def _total(tallies: Mapping[str, Tally]) -> Tally:
    return sum(tallies.values(), start=NO_TALLY)


def _with_total(tallies: Mapping[str, Tally]) -> list[tuple[str, Tally]]:
    return [*sorted(tallies.items()), ("all roles", _total(tallies))]


def _roles(title: str, tallies: Mapping[str, Tally]) -> Table:
    head = (
        "role", "truly ready", "called ready", "false passes of not ready",
        "false passes of called ready", "false fails of truly ready", "agreement",
    )  # fmt: skip
    rows = [
        (
            name,
            percent(found.truly_ready, found.candidates),
            percent(found.called_ready, found.candidates),
            percent_with_interval(found.false_passes, found.candidates - found.truly_ready),
            percent_with_interval(found.false_passes, found.called_ready),
            percent_with_interval(found.false_fails, found.truly_ready),
            f"{100 * found.agreement:.1f} %",
        )
        for name, found in _with_total(tallies)
    ]
    return Table(title, head, rows)


def _close_calls(tallies: Mapping[str, Tally]) -> Table:
    head = (
        "role", "close calls", "errors in close calls", "clear false passes of called ready",
        "clear false fails of truly ready", "truly ready called developing",
    )  # fmt: skip
    rows = [
        (
            name,
            percent(found.close_calls, found.candidates),
            percent_with_interval(found.close_errors, found.close_calls),
            percent_with_interval(found.clear_false_passes, found.called_ready),
            percent_with_interval(found.clear_false_fails, found.truly_ready),
            percent(found.ready_but_developing, found.truly_ready),
        )
        for name, found in _with_total(tallies)
    ]
    return Table("Close calls and clear errors", head, rows)


def _fits(title: str, study: Study, by_fit: Mapping[float, Mapping[str, Tally]]) -> Table:
    head = (
        "fit from", "called ready", "false passes of not ready", "false passes of called ready",
        "clear false passes of called ready", "false fails of truly ready",
        *(f"cost {weight:g}:1" for weight in COSTS),
    )  # fmt: skip
    rows = []
    for fit, tallies in by_fit.items():
        found = _total(tallies)
        rows.append(
            (
                f"{fit:.2f}",
                percent(found.called_ready, found.candidates),
                percent(found.false_passes, found.candidates - found.truly_ready),
                percent(found.false_passes, found.called_ready),
                percent(found.clear_false_passes, found.called_ready),
                percent(found.false_fails, found.truly_ready),
                *(f"{study.cost(tallies, weight):.3f}" for weight in COSTS),
            )
        )
    return Table(title, head, rows)


def _careless(study: Study) -> Table:
    columns = [(habit, name) for habit in study.careless for name in ("ready", "nearly")]
    head = ["role", *(f"{habit}, {name}" for habit, name in columns)]
    rows = []
    for role in sorted(study.as_judged):
        row = [role]
        for shares in study.careless.values():
            found = shares[role]
            row += [
                f"{100 * count / found.candidates:.2f} %"
                for count in (found.ready, found.nearly_ready)
            ]
        rows.append(row)
    return Table("Answering without skill: share called ready or nearly ready", head, rows)


def _careless_levels(study: Study) -> Table:
    rows = [
        (habit, *(f"{100 * share:.1f} %" for share in shares))
        for habit, shares in study.careless_levels.items()
    ]
    head = ("habit", *(f"level {level}" for level in range(1, 6)))
    return Table("Answering without skill: estimated levels, all skills", head, rows)


def _precision(study: Study) -> Table:
    head = (
        "skill", *(f"SEM at {theta:+.0f}" for theta in TRUE_THETAS), "measured at least",
        "mean SEM", "reliability", "level exact", "within one", "right side of a cut",
    )  # fmt: skip
    rows = [
        (
            row.skill,
            *(f"{sem:.2f}" for sem in row.sem),
            f"{100 * min(*row.measured, row.measured_share):.1f} %",
            f"{row.mean_sem:.2f}",
            f"{row.reliability:.2f}",
            f"{100 * row.exact:.0f} %",
            f"{100 * row.adjacent:.0f} %",
            f"{100 * row.right_side:.0f} %",
        )
        for row in study.precision
    ]
    return Table("Precision of each test", head, rows)
