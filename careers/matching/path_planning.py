"""The shortest learning path: the courses that close the gaps to a role in the fewest hours.

A course can be taken when its prerequisites are finished or taken before it, and when the learner's
level or a course taken before it reaches its `from_level`. A gap is closed by a course of its
skill, not yet finished, that reaches the level asked. A finished course is never recommended; it
opens the courses that build on it, but closes no gap: whether it did is for a new estimate to say.

The choice is an integer programme solved to optimality with HiGHS (Huangfu & Hall 2018,
Mathematical Programming Computation 10, 119-142). Its rows say what each course needs, not in
which order: prerequisites of one skill and levels of another could hold each other up in a circle.
Such a choice is found when it is put in order, and excluded by a loop formula (Lin & Zhao 2004,
Artificial Intelligence 157, 115-137) before the programme is solved again.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

LOWEST_LEVEL = 1
HIGHEST_LEVEL = 5
SHORTEST_HOURS = 1 / 60


class CircularPrerequisites(ValueError):
    """Courses that each must be finished before the other; `circle` names them in order."""

    def __init__(self, circle: Sequence[str]) -> None:
        self.circle = tuple(circle)
        super().__init__(f"courses require each other: {' → '.join(self.circle)}")


@dataclass(frozen=True, slots=True)
class CourseOption:
    """A course that takes learners of one skill from a level to a higher one.

    Raises ValueError unless 1 <= from_level < to_level <= 5 and `hours` is finite and at least one
    minute: differences of less would vanish in the solver's tolerance of 1e-6.
    """

    code: str
    skill: str
    from_level: int
    to_level: int
    hours: float
    prerequisites: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not LOWEST_LEVEL <= self.from_level < self.to_level <= HIGHEST_LEVEL:
            raise ValueError(
                f"levels of {self.code} must rise within 1 to 5: {self.from_level}, {self.to_level}"
            )
        if not (math.isfinite(self.hours) and self.hours >= SHORTEST_HOURS):
            raise ValueError(f"hours of {self.code} must be a minute or more: {self.hours}")


@dataclass(frozen=True, slots=True)
class LevelGap:
    """A skill's way from the learner's level to the level asked."""

    skill: str
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """A recommended course and its reason.

    `closes` is the gap the course closes or helps to close. `opens` are the codes of the planned
    courses that need it first; where it is of another skill than its gap, they are why it is there.
    """

    course: CourseOption
    closes: LevelGap
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LearningPath:
    """Courses in an order in which they can be taken, and the gaps that no course closes."""

    courses: tuple[PlannedCourse, ...]
    unclosable: tuple[LevelGap, ...]

    @property
    def hours(self) -> float:
        return math.fsum(planned.course.hours for planned in self.courses)


def plan_path(
    courses: Iterable[CourseOption],
    current_levels: Mapping[str, int],
    target_levels: Mapping[str, int],
    finished: Collection[str] = frozenset(),
) -> LearningPath:
    """Return the courses that close every closable gap in the fewest hours.

    The order of `target_levels` decides which of the courses open at the same time comes first. A
    skill that is only entered on the way, and has no current level, counts as level 1. Raises
    CircularPrerequisites; ValueError for two courses of one code or a target without a current
    level, since for a skill not measured the advice is to measure.
    """
    unknown = [skill for skill in target_levels if skill not in current_levels]
    if unknown:
        raise ValueError(f"not measured, so no gap is known: {', '.join(unknown)}")
    catalogue = sorted(courses, key=lambda course: course.code)
    for one, other in pairwise(catalogue):
        if one.code == other.code:
            raise ValueError(f"two courses of one code: {one.code}")
    _refuse_circles(catalogue)

    learner = _Learner(
        entry_levels=_entry_levels(catalogue, current_levels, finished),
        finished=frozenset(finished),
    )
    gaps = [
        LevelGap(skill, current_levels[skill], target)
        for skill, target in target_levels.items()
        if current_levels[skill] < target
    ]
    takeable = learner.in_order([course for course in catalogue if course.code not in finished])
    useful = _undominated(takeable, learner)
    closers = {gap: [course for course in useful if _reaches(course, gap)] for gap in gaps}
    closable = [gap for gap in gaps if closers[gap]]
    relevant = _needed_for([c for gap in closable for c in closers[gap]], useful, learner)
    chosen = _fewest_hours(relevant, [closers[gap] for gap in closable], learner)

    place = {gap.skill: position for position, gap in enumerate(closable)}
    chosen.sort(key=lambda c: (place.get(c.skill, len(place)), c.from_level, c.code))
    return LearningPath(
        courses=_with_reasons(learner.in_order(chosen), closable, learner),
        unclosable=tuple(gap for gap in gaps if not closers[gap]),
    )


@dataclass(frozen=True, slots=True)
class _Learner:
    """What the learner brings: levels at which courses may be entered, and finished courses."""

    entry_levels: Mapping[str, int]
    finished: frozenset[str]

    def entry_level(self, skill: str) -> int:
        return self.entry_levels.get(skill, LOWEST_LEVEL)

    def lacks_level_for(self, course: CourseOption) -> bool:
        return self.entry_level(course.skill) < course.from_level

    def open_prerequisites(self, course: CourseOption) -> frozenset[str]:
        return course.prerequisites - self.finished

    def in_order(self, courses: Sequence[CourseOption]) -> list[CourseOption]:
        """Those of the courses that can be taken one after the other, in the order given if it can.

        Sweeps over the courses until nothing more opens.
        """
        levels = dict(self.entry_levels)
        taken: dict[str, CourseOption] = {}
        waiting = list(courses)
        while True:
            shut = []
            for course in waiting:
                level = levels.get(course.skill, LOWEST_LEVEL)
                if level >= course.from_level and self.open_prerequisites(course) <= taken.keys():
                    taken[course.code] = course
                    levels[course.skill] = max(level, course.to_level)
                else:
                    shut.append(course)
            if len(shut) == len(waiting):
                return list(taken.values())
            waiting = shut


def _refuse_circles(catalogue: Iterable[CourseOption]) -> None:
    try:
        TopologicalSorter(
            {course.code: sorted(course.prerequisites) for course in catalogue}
        ).prepare()
    except CycleError as error:
        raise CircularPrerequisites(error.args[1]) from None


def _entry_levels(
    catalogue: Iterable[CourseOption], current_levels: Mapping[str, int], finished: Collection[str]
) -> dict[str, int]:
    levels = dict(current_levels)
    for course in catalogue:
        if course.code in finished:
            levels[course.skill] = max(levels.get(course.skill, LOWEST_LEVEL), course.to_level)
    return levels


def _reaches(course: CourseOption, gap: LevelGap) -> bool:
    return course.skill == gap.skill and course.to_level >= gap.to_level


def _lifts_to_entry(lower: CourseOption, course: CourseOption) -> bool:
    """Whether one course takes its learners from below the entry level of another up to it.

    Whoever reaches that level by courses has taken such a one: the first that reached it.
    """
    return lower.skill == course.skill and lower.from_level < course.from_level <= lower.to_level


def _undominated(courses: Sequence[CourseOption], learner: _Learner) -> list[CourseOption]:
    """The courses without those that another one can always stand in for.

    The other asks no more, leads at least as far and takes no longer, and no course asks for the
    one by name. Of courses that can stand in for each other the first by code stays.
    """
    named = frozenset().union(*(learner.open_prerequisites(course) for course in courses))
    by_skill: dict[str, list[CourseOption]] = {}
    for course in courses:
        by_skill.setdefault(course.skill, []).append(course)

    def cost(course: CourseOption) -> tuple[float, int, int, int, str]:
        asked = len(learner.open_prerequisites(course))
        return course.hours, course.from_level, -course.to_level, asked, course.code

    def stands_in(other: CourseOption, course: CourseOption) -> bool:
        return (
            other.from_level <= course.from_level
            and other.to_level >= course.to_level
            and learner.open_prerequisites(other) <= learner.open_prerequisites(course)
            and cost(other) < cost(course)
        )

    return [
        course
        for course in courses
        if course.code in named
        or not any(stands_in(other, course) for other in by_skill[course.skill])
    ]


def _needed_for(
    goals: Iterable[CourseOption], takeable: Sequence[CourseOption], learner: _Learner
) -> list[CourseOption]:
    """The goals and every course that may have to be taken before one of them, by code."""
    needed: dict[str, CourseOption] = {}
    waiting = list(goals)
    while waiting:
        course = waiting.pop()
        if course.code in needed:
            continue
        needed[course.code] = course
        waiting.extend(
            other
            for other in takeable
            if other.code in course.prerequisites
            or (learner.lacks_level_for(course) and _lifts_to_entry(other, course))
        )
    return sorted(needed.values(), key=lambda course: course.code)


def _fewest_hours(
    courses: Sequence[CourseOption],
    closers: Sequence[Sequence[CourseOption]],
    learner: _Learner,
) -> list[CourseOption]:
    """Choose at least one of each set of closers and all that they need, in the fewest hours."""
    if not closers:
        return []
    programme = _Programme(courses)
    for alternatives in closers:
        programme.require_one_of(alternatives)
    for course in courses:
        for other in courses:
            if other.code in learner.open_prerequisites(course):
                programme.require_one_of([other], whenever=course)
        if learner.lacks_level_for(course):
            lifting = [other for other in courses if _lifts_to_entry(other, course)]
            programme.require_one_of(lifting, whenever=course)
    while True:
        chosen = programme.solution()
        taken = learner.in_order(chosen)
        stuck = [course for course in chosen if course not in taken]
        if not stuck:
            return chosen
        codes = {course.code for course in stuck}
        ways_in = [
            other
            for other in courses
            if other.code not in codes
            and any(
                _lifts_to_entry(other, course) and not course.prerequisites & codes
                for course in stuck
            )
        ]
        for course in stuck:
            programme.require_one_of(ways_in, whenever=course)


class _Programme:
    """A 0/1 programme over courses: least hours subject to rows 'one of these whenever that'."""

    def __init__(self, courses: Sequence[CourseOption]) -> None:
        self._courses = courses
        self._column = {course.code: column for column, course in enumerate(courses)}
        self._rows: list[dict[int, float]] = []
        self._least: list[float] = []

    def require_one_of(
        self, alternatives: Iterable[CourseOption], whenever: CourseOption | None = None
    ) -> None:
        row = {self._column[course.code]: 1.0 for course in alternatives}
        if whenever is not None:
            row[self._column[whenever.code]] = -1.0
        self._rows.append(row)
        self._least.append(1.0 if whenever is None else 0.0)

    def solution(self) -> list[CourseOption]:
        entries = [
            (number, column, value)
            for number, row in enumerate(self._rows)
            for column, value in row.items()
        ]
        numbers, columns, values = zip(*entries, strict=True)
        matrix = coo_array(
            (values, (numbers, columns)), shape=(len(self._rows), len(self._courses))
        )
        result = milp(
            [course.hours for course in self._courses],
            integrality=np.ones(len(self._courses)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix.tocsr(), lb=self._least),
            options={"mip_rel_gap": 0},
        )
        if result.x is None:  # taking every course is feasible, so this is the solver's failure
            raise RuntimeError(f"no path found: {result.message}")
        return [c for c, share in zip(self._courses, result.x, strict=True) if round(share)]


def _with_reasons(
    path: Sequence[CourseOption], gaps: Sequence[LevelGap], learner: _Learner
) -> tuple[PlannedCourse, ...]:
    """Give each course the gap of its own skill, or else that of the first course it opens.

    From the last course to the first, so that the courses it opens have their reasons already.
    """
    gap_of = {gap.skill: gap for gap in gaps}
    planned: dict[str, PlannedCourse] = {}
    for course in reversed(path):
        opened = [
            later
            for later in reversed(planned.values())
            if course.code in later.course.prerequisites
            or (learner.lacks_level_for(later.course) and _lifts_to_entry(course, later.course))
        ]
        own = gap_of.get(course.skill)
        advances = own and course.from_level < own.to_level and course.to_level > own.from_level
        closes = own if own and (advances or not opened) else opened[0].closes
        planned[course.code] = PlannedCourse(
            course, closes, tuple(later.course.code for later in opened)
        )
    return tuple(reversed(planned.values()))
