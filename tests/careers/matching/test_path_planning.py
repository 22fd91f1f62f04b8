"""The shortest learning path, against the enumeration of all choices."""

import random
from collections.abc import Iterable, Mapping
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.matching.path_planning import (
    CircularPrerequisites,
    CourseOption,
    LearningPath,
    LevelGap,
    plan_path,
)


def course(
    code: str, skill: str, from_level: int, to_level: int, hours: float, *prerequisites: str
) -> CourseOption:
    return CourseOption(code, skill, from_level, to_level, hours, frozenset(prerequisites))


def codes(path: LearningPath) -> list[str]:
    return [planned.course.code for planned in path.courses]


def test_cheapest_chain_of_levels_is_found() -> None:
    path = plan_path(
        [
            course("leap", "empathy", 1, 4, 9),
            course("first", "empathy", 1, 2, 2),
            course("second", "empathy", 2, 4, 4),
            course("high", "empathy", 3, 4, 1),
        ],
        {"empathy": 1},
        {"empathy": 4},
    )
    assert codes(path) == ["first", "second"]
    assert path.hours == 6
    assert {planned.closes for planned in path.courses} == {LevelGap("empathy", 1, 4)}


def test_prerequisite_of_another_skill_carries_the_gap_it_serves() -> None:
    path = plan_path(
        [course("basics", "technical", 1, 2, 1), course("reports", "analysis", 2, 3, 3, "basics")],
        {"technical": 1, "analysis": 2},
        {"analysis": 3},
    )
    basics, reports = path.courses
    assert (basics.course.code, basics.opens) == ("basics", ("reports",))
    assert basics.closes == reports.closes == LevelGap("analysis", 2, 3)
    assert reports.opens == ()


def test_course_shared_by_two_gaps_is_worth_more_hours() -> None:
    path = plan_path(
        [
            course("shared", "technical", 1, 2, 5),
            course("a-with", "analysis", 1, 2, 1, "shared"),
            course("w-with", "written", 1, 2, 1, "shared"),
            course("a-alone", "analysis", 1, 2, 4),
            course("w-alone", "written", 1, 2, 4),
        ],
        {"analysis": 1, "written": 1},
        {"analysis": 2, "written": 2},
    )
    assert codes(path) == ["shared", "a-with", "w-with"]


def test_finished_course_opens_others_but_closes_no_gap() -> None:
    catalogue = [
        course("done", "empathy", 2, 3, 1),
        course("next", "empathy", 3, 4, 2),
        course("detour", "empathy", 2, 4, 9),
    ]
    assert codes(plan_path(catalogue, {"empathy": 2}, {"empathy": 4}, {"done"})) == ["next"]
    awaiting = plan_path(catalogue[:1], {"empathy": 2}, {"empathy": 3}, {"done"})
    assert awaiting.courses == ()
    assert awaiting.unclosable == (LevelGap("empathy", 2, 3),)


def test_finished_prerequisite_needs_no_course_in_the_catalogue() -> None:
    catalogue = [course("reports", "analysis", 1, 2, 3, "withdrawn")]
    assert not codes(plan_path(catalogue, {"analysis": 1}, {"analysis": 2}))
    assert codes(plan_path(catalogue, {"analysis": 1}, {"analysis": 2}, {"withdrawn"})) == [
        "reports"
    ]


def test_unclosable_gap_keeps_no_other_from_being_closed() -> None:
    path = plan_path(
        [course("a", "analysis", 1, 2, 3), course("v", "verbal", 3, 4, 2)],
        {"analysis": 1, "verbal": 1},
        {"verbal": 4, "analysis": 2},
    )
    assert codes(path) == ["a"]
    assert path.unclosable == (LevelGap("verbal", 1, 4),)


def test_courses_and_levels_that_hold_each_other_up_are_no_path() -> None:
    circle = [
        course("goal", "analysis", 1, 2, 1, "tool"),
        course("tool", "technical", 2, 3, 1),
        course("lift", "technical", 1, 2, 1, "goal"),
    ]
    levels = {"analysis": 1, "technical": 1}
    assert plan_path(circle, levels, {"analysis": 2}).unclosable == (LevelGap("analysis", 1, 2),)
    way_in = course("way-in", "technical", 1, 2, 10)
    assert codes(plan_path([*circle, way_in], levels, {"analysis": 2})) == [
        "way-in",
        "tool",
        "goal",
    ]


def test_level_reached_from_outside_opens_no_circle_of_prerequisites() -> None:
    catalogue = [
        course("opener", "analysis", 1, 2, 1),
        course("goal", "analysis", 2, 3, 1, "tool"),
        course("tool", "technical", 2, 3, 1),
        course("lift", "technical", 1, 2, 1, "goal"),
        course("way-in", "technical", 1, 2, 10),
    ]
    path = plan_path(catalogue, {"analysis": 1, "technical": 1}, {"analysis": 3})
    assert codes(path) == ["opener", "way-in", "tool", "goal"]


def test_circular_prerequisites_are_named() -> None:
    with pytest.raises(CircularPrerequisites, match="→") as raised:
        plan_path(
            [
                course("a", "empathy", 1, 2, 1, "b"),
                course("b", "empathy", 1, 2, 1, "c"),
                course("c", "empathy", 1, 2, 1, "a"),
                course("d", "empathy", 1, 2, 1, "a"),
            ],
            {"empathy": 1},
            {"empathy": 2},
        )
    assert set(raised.value.circle) == {"a", "b", "c"}
    assert raised.value.circle[0] == raised.value.circle[-1]


def test_gap_given_first_is_learned_first() -> None:
    catalogue = [course("a", "analysis", 1, 2, 1), course("v", "verbal", 1, 2, 1)]
    levels = {"analysis": 1, "verbal": 1}
    assert codes(plan_path(catalogue, levels, {"verbal": 2, "analysis": 2})) == ["v", "a"]
    assert codes(plan_path(catalogue, levels, {"analysis": 2, "verbal": 2})) == ["a", "v"]


def test_nothing_to_learn_is_an_empty_path() -> None:
    assert plan_path([], {"empathy": 3}, {"empathy": 3}) == LearningPath((), ())


def test_skill_not_measured_has_no_gap_to_plan_for() -> None:
    with pytest.raises(ValueError, match="not measured"):
        plan_path([], {}, {"empathy": 3})


@pytest.mark.parametrize(
    "impossible", [(1, 1, 1.0), (3, 2, 1.0), (0, 2, 1.0), (4, 6, 1.0), (1, 2, 0.0), (1, 2, 1e-7)]
)
def test_impossible_courses_are_refused(impossible: tuple[int, int, float]) -> None:
    with pytest.raises(ValueError, match=r"levels|hours"):
        course("a", "empathy", *impossible)


def test_two_courses_of_one_code_are_refused() -> None:
    with pytest.raises(ValueError, match="one code"):
        plan_path([course("a", "empathy", 1, 2, 1), course("a", "verbal", 1, 2, 1)], {}, {})


# Against enumeration

SKILLS = ("analysis", "technical")
MOST_COURSES = 8


@st.composite
def situations(draw: st.DrawFn):
    names = draw(st.permutations([f"c{number}" for number in range(MOST_COURSES)]))
    catalogue: list[CourseOption] = []
    for code in names[: draw(st.integers(1, MOST_COURSES))]:
        from_level = draw(st.integers(1, 4))
        earlier = [other.code for other in catalogue]
        catalogue.append(
            CourseOption(
                code,
                skill=draw(st.sampled_from(SKILLS)),
                from_level=from_level,
                to_level=draw(st.integers(from_level + 1, min(from_level + 2, 5))),
                hours=draw(st.integers(1, 12)) / 2,
                prerequisites=frozenset(
                    draw(st.lists(st.sampled_from(earlier), max_size=2)) if earlier else ()
                ),
            )
        )
    levels = {skill: draw(st.integers(1, 3)) for skill in SKILLS}
    targets = {
        skill: draw(st.integers(2, 5))
        for skill in draw(st.lists(st.sampled_from(SKILLS), min_size=1, unique=True))
    }
    finished = draw(st.sets(st.sampled_from([c.code for c in catalogue]), max_size=2))
    return catalogue, levels, targets, finished


def in_some_order(
    chosen: Iterable[CourseOption],
    everything: Iterable[CourseOption],
    levels: Mapping[str, int],
    finished: set[str],
) -> set[str]:
    """Codes of the chosen courses that can be taken at all, one after the other."""
    entry, taken = dict(levels), set(finished)
    for done in everything:
        if done.code in finished:
            entry[done.skill] = max(entry[done.skill], done.to_level)
    chosen = list(chosen)
    for _ in chosen:
        for one in chosen:
            if entry[one.skill] >= one.from_level and one.prerequisites <= taken:
                taken.add(one.code)
                entry[one.skill] = max(entry[one.skill], one.to_level)
    return taken - finished


@settings(max_examples=300, deadline=None)
@given(situations())
def test_path_is_as_short_as_the_best_of_all_choices(situation) -> None:
    catalogue, levels, targets, finished = situation
    path = plan_path(catalogue, levels, targets, finished)

    open_courses = [c for c in catalogue if c.code not in finished]
    possible = in_some_order(open_courses, catalogue, levels, finished)
    closing = {
        skill: {c.code for c in open_courses if c.skill == skill and c.to_level >= target}
        for skill, target in targets.items()
        if levels[skill] < target
    }
    closable = {skill: choice & possible for skill, choice in closing.items() if choice & possible}
    best = min(
        sum(c.hours for c in chosen)
        for size in range(len(open_courses) + 1)
        for chosen in combinations(open_courses, size)
        if all(choice & {c.code for c in chosen} for choice in closable.values())
        and len(in_some_order(chosen, catalogue, levels, finished)) == size
    )
    assert path.hours == best
    assert {gap.skill for gap in path.unclosable} == closing.keys() - closable.keys()


@settings(max_examples=300, deadline=None)
@given(situations())
def test_path_can_be_walked_and_every_course_leads_to_its_gap(situation) -> None:
    catalogue, levels, targets, finished = situation
    path = plan_path(catalogue, levels, targets, finished)
    for number, planned in enumerate(path.courses):
        before = [earlier.course for earlier in path.courses[: number + 1]]
        assert planned.course.code in in_some_order(before, catalogue, levels, finished)
        assert planned.course.code not in finished
        later = {after.course.code: after for after in path.courses[number + 1 :]}
        assert set(planned.opens) <= later.keys()
        assert planned.closes.skill == planned.course.skill or any(
            later[code].closes == planned.closes for code in planned.opens
        )


@settings(max_examples=100, deadline=None)
@given(situations(), st.randoms(use_true_random=False))
def test_order_of_the_catalogue_is_irrelevant(situation, rng: random.Random) -> None:
    catalogue, levels, targets, finished = situation
    shuffled = list(catalogue)
    rng.shuffle(shuffled)
    assert plan_path(catalogue, levels, targets, finished) == plan_path(
        shuffled, levels, targets, finished
    )
