"""Skills, items, assessments and batteries between files and database."""

import shutil
from datetime import timedelta

import pytest
import yaml

from assessments.content.kinds import KINDS
from assessments.models import Assessment, Battery, Facet, Item, Skill, SkillDomain
from core.content.documents import ContentInvalid, write_document
from core.content.loading import export, load
from core.models import ContentRecord
from tests.factories.assessments import NOW, begin, item_content, make_candidate

pytestmark = pytest.mark.django_db


def level(number):
    return {
        "level": number, "title": f"T{number}", "description": "D", "behaviours": ["a", "b"],
        "at_work": "W",
    }


def plain_item(code, **changes):
    content = item_content(code=code, facet="noticing", **changes)
    return content.model_dump(mode="json", exclude_defaults=True)


@pytest.fixture
def folder(tmp_path):
    """A small set of files: two skills, six items, an assessment and a battery."""
    facets = [{"code": "noticing", "name": "Noticing"}, {"code": "answering", "name": "Answering"}]
    skills = [
        {
            "code": code, "name": code.title(), "definition": "What it is.", "facets": facets,
            "levels": [level(number) for number in range(1, 6)],
        }
        for code in ("empathy", "listening")
    ]
    files = {
        "skills.yaml": {"domains": [{"code": "people", "name": "People", "skills": skills}]},
        "items/empathy.yaml": {
            "skill": "empathy", "items": [plain_item(f"empathy-00{n}") for n in range(1, 5)],
        },
        "items/listening.yaml": {
            "skill": "listening",
            "items": [plain_item("listening-001"), plain_item("listening-002")],
        },
        "assessments.yaml": {
            "assessments": [
                {
                    "code": "empathy", "name": "Empathy", "skill": "empathy", "summary": "S",
                    "instructions": "I", "time_limit_seconds": 600, "stated_minutes": 9,
                    "stated_kilobytes": 90, "blueprint": [{"count": 2}, {"count": 1, "level_min": 2,
                                                                        "facet": "noticing"}],
                }
            ]
        },
        "batteries.yaml": {
            "batteries": [
                {"code": "agent", "name": "Agent", "summary": "S",
                 "steps": [{"assessment": "empathy", "break_minutes": 5}]}
            ]
        },
    }
    for name, data in files.items():
        write_document(tmp_path / name, data)
    return tmp_path


def change(folder, name, edit):
    path = folder / name
    data = yaml.safe_load(path.read_text())
    edit(data)
    write_document(path, data)


def refusal(folder):
    with pytest.raises(ContentInvalid) as found:
        load(KINDS, folder)
    return [(problem.file, problem.field, problem.message) for problem in found.value.problems]


def nothing_is_loaded():
    return not any(
        model.objects.exists() for model in (SkillDomain, Skill, Item, Assessment, ContentRecord)
    )


def test_a_folder_is_loaded_and_the_second_time_nothing_changes(folder):
    first, second = load(KINDS, folder), load(KINDS, folder)

    assert len(first.created) == len(second.unchanged) == 1 + 2 + 6 + 1 + 1
    assert second.created == second.changed == second.conflicts == second.left_alone == []
    assert Battery.objects.get().steps.get().assessment == Assessment.objects.get()


def test_what_is_exported_loads_back_unchanged(folder, tmp_path):
    load(KINDS, folder)
    export(KINDS, tmp_path / "out")

    again = load(KINDS, tmp_path / "out")

    assert len(again.unchanged) == 11
    assert again.changed == again.created == again.conflicts == []


def test_what_is_exported_makes_the_same_in_an_empty_database(folder, tmp_path):
    load(KINDS, folder)
    before = [kind.stored() for kind in KINDS]
    export(KINDS, tmp_path / "out")
    for model in (Battery, Assessment, Item, Facet, Skill, SkillDomain, ContentRecord):
        model.objects.all().delete()

    load(KINDS, tmp_path / "out")

    assert [kind.stored() for kind in KINDS] == before


def test_an_item_edited_here_is_left_alone_and_a_conflict_reported(folder):
    load(KINDS, folder)
    Item.objects.get(code="empathy-001").versions.update(stem="Better here.")

    assert load(KINDS, folder).left_alone == ["item empathy-001"]

    change(folder, "items/empathy.yaml", lambda data: data["items"][0].update(stem="In the file."))
    assert load(KINDS, folder).conflicts == ["item empathy-001"]
    assert Item.objects.get(code="empathy-001").versions.get().stem == "Better here."


def test_cut_scores_and_status_set_here_outlive_a_load(folder):
    load(KINDS, folder)
    Skill.objects.filter(code="empathy").update(cut_5=2.5)
    Item.objects.filter(code="empathy-001").update(status="retired")
    change(folder, "items/empathy.yaml", lambda data: data["items"][0].update(stem="Reworded."))
    change(
        folder, "skills.yaml",
        lambda data: data["domains"][0]["skills"][0].update(definition="New."),
    )

    report = load(KINDS, folder)

    assert sorted(report.changed) == ["item empathy-001", "skill empathy"]
    assert Skill.objects.get(code="empathy").cut_5 == 2.5
    assert Item.objects.get(code="empathy-001").status == "retired"


def test_a_changed_blueprint_is_a_new_form_and_an_attempt_keeps_its_own(folder):
    load(KINDS, folder)
    assessment = Assessment.objects.get()
    attempt = begin(make_candidate(), assessment)
    rows = [{"count": 4}]
    change(
        folder, "assessments.yaml", lambda data: data["assessments"][0].update(blueprint=rows)
    )

    load(KINDS, folder)

    assert [form.number for form in assessment.test_forms.order_by("number")] == [1, 2]
    assert assessment.test_forms.get(is_current=True).rows.get().count == 4
    attempt.refresh_from_db()
    assert attempt.test_form.number == 1
    assert begin(make_candidate(), assessment, now=NOW + timedelta(days=1)).items.count() == 4


def test_a_used_item_changed_in_the_file_gets_a_new_version(folder):
    load(KINDS, folder)
    attempt = begin(make_candidate(), Assessment.objects.get())
    used = attempt.items.first().item_version.item
    place = int(used.code[-1]) - 1
    change(
        folder, "items/empathy.yaml", lambda data: data["items"][place].update(stem="Reworded.")
    )

    load(KINDS, folder)

    assert used.versions.count() == 2
    assert load(KINDS, folder).unchanged


def test_a_used_item_keeps_its_type_and_the_file_is_told(folder):
    load(KINDS, folder)
    used = begin(make_candidate(), Assessment.objects.get()).items.first().item_version.item
    place = int(used.code[-1]) - 1
    numeric = plain_item(used.code) | {"type": "numeric", "key": {"value": "1"}}
    numeric.pop("options")

    def replace(data):
        data["items"][place] = numeric

    change(folder, "items/empathy.yaml", replace)

    ((file, field, _),) = refusal(folder)
    assert (file, field) == ("items/empathy.yaml", f"items.{place}.type")


@pytest.mark.parametrize(
    ("file", "edit", "field", "words"),
    [
        ("items/empathy.yaml", {"skill": "unknown"}, "items.0.skill", "there is no skill unknown"),
        ("items/empathy.yaml", {"items.0.facet": "unknown"}, "items.0.facet", "has no facet"),
        ("items/empathy.yaml", {"items.3.key": "z"}, "items.3.key", "the code of one option"),
        ("items/empathy.yaml", {"items.1.colour": "red"}, "items.1.colour", "Extra inputs"),
        ("assessments.yaml", {"assessments.0.skill": "no"}, "assessments.0.skill", "no skill no"),
        (
            "assessments.yaml", {"assessments.0.blueprint.1.facet": "no"},
            "assessments.0.blueprint", "has no facet no",
        ),
        (
            "assessments.yaml", {"assessments.0.blueprint.0.type": "essay"},
            "assessments.0.blueprint.0.type", "must be one of",
        ),
        (
            "assessments.yaml",
            {"assessments.0.blueprint.0": {"count": 1, "level_min": 4, "level_max": 2}},
            "assessments.0.blueprint.0.level_max", "below",
        ),
        (
            "batteries.yaml", {"batteries.0.steps.0.assessment": "no"},
            "batteries.0.steps", "there is no assessment no",
        ),
        ("skills.yaml", {"domains.0.skills.0.levels": []}, "domains.0.skills.0.levels", "5 items"),
    ],
)
def test_one_wrong_reference_or_field_and_nothing_at_all_is_loaded(
    folder, file, edit, field, words
):
    def apply(data):
        for path, value in edit.items():
            *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
            for step in steps:
                data = data[step]
            data[last] = value

    change(folder, file, apply)

    ((found_file, found_field, message),) = refusal(folder)
    assert (found_file, found_field) == (file, field)
    assert words in message
    assert nothing_is_loaded()


@pytest.mark.parametrize("name", ["skills.yaml", "assessments.yaml", "batteries.yaml"])
def test_a_missing_file_is_named_and_nothing_is_loaded(folder, name):
    (folder / name).unlink()

    assert name in {file for file, _, _ in refusal(folder)}
    assert nothing_is_loaded()


def test_a_file_that_is_no_yaml_is_named_with_the_others(folder):
    (folder / "items" / "listening.yaml").write_text("items: [\n")
    (folder / "batteries.yaml").write_text("batteries: {")

    assert {file for file, _, _ in refusal(folder)} == {"items/listening.yaml", "batteries.yaml"}
    assert nothing_is_loaded()


def test_an_item_code_in_two_files_is_refused(folder):
    shutil.copy(folder / "items" / "empathy.yaml", folder / "items" / "zz.yaml")

    assert any("stands in two places" in message for _, _, message in refusal(folder))
