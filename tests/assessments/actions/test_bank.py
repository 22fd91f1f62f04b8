"""Changing the item bank, and what PostgreSQL refuses."""

import pytest
from django.db import IntegrityError, transaction

from assessments.actions.bank import content_parameters, item_content, save_item
from assessments.content.schema import ItemContent
from assessments.enums import ParameterOrigin
from assessments.errors import ItemKeepsItsKind
from assessments.models import Facet, Item, ItemVersion, PartScoring, ScoredPart, ScoringVersion
from tests.factories.assessments import (
    KEYS,
    NOW,
    AssessmentFactory,
    SkillFactory,
    begin,
    make_candidate,
    take,
)
from tests.factories.assessments import item_content as new_content


@pytest.fixture
def skill(db):
    return SkillFactory()


def changed(content: ItemContent, **changes) -> ItemContent:
    return ItemContent(**(content.model_dump() | changes))


def use(item):
    """Show the item to a candidate, which freezes its version."""
    assessment = AssessmentFactory(
        skill=item.skill, code=f"only-{item.code}", blueprint=[{"count": 1}]
    )
    return begin(make_candidate(), assessment)


def current(item):
    return item.versions.get(is_current=True)


def scoring(item):
    return PartScoring.objects.select_related("scoring_version").get(
        part__item_version=current(item), scoring_version__is_current=True
    )


def calibrate(item, **parameters):
    version = current(item)
    ScoringVersion.objects.filter(item_version=version).update(is_current=False)
    newer = ScoringVersion.objects.create(
        item_version=version, number=9, origin=ParameterOrigin.CALIBRATED
    )
    return PartScoring.objects.create(
        scoring_version=newer, part=version.parts.get(), key=parameters.pop("key"), **parameters
    )


@pytest.mark.parametrize("item_type", KEYS)
def test_an_item_of_every_type_reads_back_as_it_was_written(skill, item_type):
    content = new_content(item_type)

    item = save_item(content=content, skill=skill)

    key = None if item_type == "typing" else scoring(item).key
    assert item_content(item, current(item), key) == content
    assert current(item).number == 1


def test_the_part_and_its_parameters_come_from_level_and_key(skill):
    content = new_content("situational", level=4, discrimination=1.2)

    item = save_item(content=content, skill=skill)

    part = ScoredPart.objects.get(item_version=current(item))
    assert (part.skill, part.facet.code, part.maximum) == (skill, content.facet, 3)
    assert scoring(item).parameters == content_parameters(content)
    assert scoring(item).scoring_version.origin == ParameterOrigin.JUDGED


def test_a_typing_item_has_no_scored_part(skill):
    item = save_item(content=new_content("typing"), skill=skill)

    assert not ScoredPart.objects.filter(item_version__item=item).exists()
    assert not ScoringVersion.objects.exists()


def test_a_facet_of_another_skill_is_refused_and_nothing_is_stored(skill):
    with pytest.raises(Facet.DoesNotExist):
        save_item(content=new_content(facet="unknown"), skill=skill)

    assert not Item.objects.exists()


def test_saving_the_same_again_changes_nothing(skill):
    content = new_content()
    save_item(content=content, skill=skill)
    save_item(content=content, skill=skill)

    assert ItemVersion.objects.count() == ScoringVersion.objects.count() == 1


def test_an_unused_item_is_changed_in_place(skill):
    content = new_content()
    item = save_item(content=content, skill=skill)

    save_item(content=changed(content, stem="Better."), skill=skill)

    assert (current(item).number, current(item).stem) == (1, "Better.")


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "Better."},
        {"explanation": "Better."},
        {"exhibit": {"kind": "note", "title": "A note", "body": "Read me."}},
        {"facet": "noticing"},
    ],
)
def test_a_used_item_gets_a_new_version_and_keeps_the_old(skill, change):
    content = new_content(facet="answering")
    item = save_item(content=content, skill=skill)
    use(item)

    save_item(content=changed(content, **change), skill=skill)

    old, new = item.versions.order_by("number")
    assert (old.number, old.is_current, old.stem) == (1, False, content.stem)
    assert (new.number, new.is_current, new.frozen_at) == (2, True, None)
    assert old.scorings.get().is_current
    assert new.scorings.get().number == 1


def test_a_changed_rationale_makes_a_new_version_of_a_used_item(skill):
    content = new_content()
    item = save_item(content=content, skill=skill)
    use(item)
    options = [option.model_dump() | {"rationale": "Why."} for option in content.options]

    save_item(content=changed(content, options=options), skill=skill)

    assert item.versions.count() == 2


def test_what_authors_think_of_a_used_item_changes_without_a_new_version(skill):
    content = new_content(level=3)
    item = save_item(content=content, skill=skill)
    use(item)

    save_item(content=changed(content, level=5, seconds=90), skill=skill)

    assert item.versions.count() == 1
    assert (current(item).level, current(item).expected_seconds) == (5, 90)
    assert scoring(item).scoring_version.number == 2
    assert scoring(item).thresholds[0] > 1


def test_a_changed_key_of_a_used_item_is_a_new_scoring_version(skill):
    content = new_content()
    item = save_item(content=content, skill=skill)
    use(item)

    save_item(content=changed(content, key="d"), skill=skill)

    assert item.versions.count() == 1
    assert [row.key for row in PartScoring.objects.order_by("pk")] == ["b", "d"]
    assert [row.is_current for row in ScoringVersion.objects.order_by("number")] == [False, True]


def test_calibrated_parameters_are_kept_when_the_judgement_changes(skill):
    content = new_content(level=2)
    item = save_item(content=content, skill=skill)
    calibrate(item, key="b", discrimination=1.7, thresholds=[0.4])

    save_item(content=changed(content, level=5, discrimination=0.8), skill=skill)

    assert scoring(item).parameters.thresholds == (0.4,)
    assert scoring(item).scoring_version.number == 9


def test_calibrated_parameters_are_kept_when_the_key_changes_within_its_maximum(skill):
    content = new_content()
    item = save_item(content=content, skill=skill)
    calibrate(item, key="b", discrimination=1.7, thresholds=[0.4])

    save_item(content=changed(content, key="d"), skill=skill)

    assert scoring(item).key == "d"
    assert scoring(item).parameters.thresholds == (0.4,)
    assert scoring(item).scoring_version.origin == ParameterOrigin.CALIBRATED
    assert scoring(item).scoring_version.number == 10


def test_calibrated_parameters_of_another_maximum_give_way_to_judged_ones(skill):
    content = new_content("multiple-choice")
    item = save_item(content=content, skill=skill)
    calibrate(item, key=["a", "c"], discrimination=1.7, thresholds=[0.4, 0.9])

    save_item(content=changed(content, key=["a", "c", "d"]), skill=skill)

    assert len(scoring(item).thresholds) == ScoredPart.objects.get().maximum == 3
    assert scoring(item).scoring_version.origin == ParameterOrigin.JUDGED


def test_an_unused_item_may_change_its_type_and_skill(skill):
    content = new_content()
    save_item(content=content, skill=skill)
    numeric = changed(
        new_content("numeric"), code=content.code
    )
    other = SkillFactory()

    item = save_item(content=numeric, skill=other)

    assert (item.item_type, item.skill) == ("numeric", other)
    assert scoring(item).key == KEYS["numeric"]
    assert ScoredPart.objects.get().skill == other


def test_a_used_item_keeps_its_type_and_skill(skill):
    content = new_content()
    item = save_item(content=content, skill=skill)
    use(item)

    with pytest.raises(ItemKeepsItsKind):
        save_item(content=changed(new_content("numeric"), code=content.code), skill=skill)
    with pytest.raises(ItemKeepsItsKind):
        save_item(content=content, skill=SkillFactory())

    item.refresh_from_db()
    assert (item.item_type, item.skill) == ("single-choice", skill)


def test_use_can_change(skill):
    content = new_content()
    save_item(content=content, skill=skill)

    item = save_item(content=changed(content, use="practice"), skill=skill)

    assert Item.objects.get(pk=item.pk).use == "practice"


# PostgreSQL ---------------------------------------------------------------------------------------


@pytest.fixture
def used(skill):
    item = save_item(content=new_content(), skill=skill)
    take(make_candidate(), AssessmentFactory(skill=skill, blueprint=[{"count": 1}]), now=NOW)
    return current(item)


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "Changed behind the portal's back"},
        {"options": []},
        {"settings": {"unit": "EUR"}},
        {"rationales": {}},
        {"explanation": "Changed"},
        {"exhibit": {"kind": "note", "title": "Changed", "body": "Changed"}},
        {"image_text": "Changed"},
        {"number": 7},
        {"frozen_at": None},
    ],
)
def test_the_database_refuses_to_change_what_was_shown(used, change):
    with (
        pytest.raises(IntegrityError, match="shown to a candidate and never changes") as refusal,
        transaction.atomic(),
    ):
        ItemVersion.objects.filter(pk=used.pk).update(**change)

    assert refusal.value.__cause__.diag.constraint_name == "item_version_frozen_once_used"


def test_the_database_lets_a_used_version_be_judged_anew_and_superseded(used):
    ItemVersion.objects.filter(pk=used.pk).update(level=5, expected_seconds=99, is_current=False)


@pytest.mark.parametrize("change", [{"key": "a"}, {"discrimination": 2}, {"thresholds": [3]}])
def test_the_database_refuses_to_change_a_scoring(used, change):
    with (
        pytest.raises(IntegrityError, match="keys and parameters never change") as refusal,
        transaction.atomic(),
    ):
        PartScoring.objects.update(**change)

    assert refusal.value.__cause__.diag.constraint_name == "part_scoring_never_changes"


def test_what_was_shown_can_not_be_deleted(used):
    with pytest.raises(IntegrityError):
        used.delete()
    with pytest.raises(IntegrityError):
        used.item.delete()


@pytest.mark.parametrize(
    ("model", "change", "constraint"),
    [
        (ItemVersion, {"level": 6}, "item_level_in_range"),
        (ItemVersion, {"level": 0}, "item_level_in_range"),
        (ItemVersion, {"expected_seconds": 0}, "item_seconds_positive"),
        (ScoredPart, {"maximum": 5}, "scored_part_maximum"),
    ],
)
def test_the_database_keeps_levels_seconds_and_maxima_in_range(skill, model, change, constraint):
    save_item(content=new_content(), skill=skill)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.update(**change)


@pytest.mark.parametrize(
    ("parameters", "constraint"),
    [
        ({"discrimination": 0, "thresholds": [0]}, "part_scoring_discrimination"),
        (
            {"discrimination": 1, "thresholds": [0], "lower_asymptote": 1},
            "part_scoring_asymptote",
        ),
        (
            {"discrimination": 1, "thresholds": [0, 1], "lower_asymptote": 0.2},
            "part_scoring_asymptote_only_with_one_threshold",
        ),
    ],
)
def test_the_database_keeps_parameters_possible(skill, parameters, constraint):
    item = save_item(content=new_content(), skill=skill)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        calibrate(item, key="b", **parameters)


def test_the_database_allows_one_current_version_and_scoring_only(skill):
    item = save_item(content=new_content(), skill=skill)
    version = current(item)

    with pytest.raises(IntegrityError, match="scoring_version_current_once"), transaction.atomic():
        ScoringVersion.objects.create(item_version=version, number=2, origin="judged")
    version.pk, version.number, version._state.adding = None, 2, True
    with pytest.raises(IntegrityError, match="item_version_current_once"), transaction.atomic():
        version.save()


def test_the_database_wants_cuts_to_ascend(skill):
    skill.cut_3 = skill.cut_2

    with pytest.raises(IntegrityError, match="skill_cuts_ascend"), transaction.atomic():
        skill.save()
