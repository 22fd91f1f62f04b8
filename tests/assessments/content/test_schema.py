"""What a content file may say, and the field that an error names."""

import pytest
import yaml
from django.conf import settings

from assessments.content.schema import (
    AssessmentsFile,
    BatteriesFile,
    ItemContent,
    ItemsFile,
    SkillContent,
)
from core.content.documents import ContentInvalid, Document, read_document
from tests.factories.assessments import KEYS, item_content


def problems(model, data):
    with pytest.raises(ContentInvalid) as refusal:
        Document("file.yaml", data, {}).parse(model)
    return [(problem.field, problem.message) for problem in refusal.value.problems]


def item(item_type="single-choice", **changes):
    return item_content(item_type).model_dump() | changes


@pytest.mark.parametrize("item_type", KEYS)
def test_every_type_has_a_valid_item(item_type):
    assert ItemContent(**item(item_type)).type == item_type


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"code": "Not A Code"}, "code", "pattern"),
        ({"code": "x" * 61}, "code", "60 characters"),
        ({"type": "essay"}, "type", "must be one of"),
        ({"use": "fun"}, "use", "'scored' or 'practice'"),
        ({"level": 0}, "level", "greater than or equal to 1"),
        ({"level": 6}, "level", "less than or equal to 5"),
        ({"discrimination": 0.2}, "discrimination", "0.3"),
        ({"discrimination": 2.6}, "discrimination", "2.5"),
        ({"seconds": 9}, "seconds", "10"),
        ({"stem": "  "}, "stem", "at least 1 character"),
        ({"explanation": ""}, "explanation", "at least 1 character"),
        ({"exhibit": {"kind": "video", "title": "x", "body": "y"}}, "exhibit.kind", "'email'"),
        ({"exhibit": {"kind": "note", "title": "x"}}, "exhibit.body", "required"),
        ({"image": "bill.png"}, "image_text", "alternative in words"),
        ({"options": []}, "options", "options are missing"),
        ({"key": "z"}, "key", "the code of one option"),
        ({"key": None}, "key", "the code of one option"),
        ({"key": ["a"]}, "key", "the code of one option"),
        ({"colour": "red"}, "colour", "Extra inputs"),
    ],
)
def test_a_wrong_field_is_named(changes, field, words):
    ((found, message),) = problems(ItemContent, item(**changes))

    assert found == field
    assert words in message


@pytest.mark.parametrize(
    ("item_type", "key"),
    [
        ("multiple-choice", ["a"]),
        ("multiple-choice", ["a", "a"]),
        ("multiple-choice", "a"),
        ("situational", ["a", "b", "c"]),
        ("rating", {"a": 1, "b": 2, "c": 3}),
        ("rating", {"a": 2, "b": 2, "c": 3, "d": 3}),
        ("ordering", ["a", "b", "c", "c"]),
        ("numeric", {"value": "many"}),
        ("numeric", {"value": "1", "tolerance": "-1"}),
        ("numeric", "1"),
        ("typing", "a"),
    ],
)
def test_a_key_that_does_not_fit_its_type_is_named(item_type, key):
    ((found, _),) = problems(ItemContent, item(item_type, key=key))

    assert found == "key"


def test_a_type_without_options_refuses_them():
    options = item()["options"]

    ((found, message),) = problems(ItemContent, item("numeric", options=options))

    assert (found, message) == ("options", "options don't belong here")


def test_two_options_with_one_code_are_refused():
    options = [{"code": "a", "text": "x", "rationale": "y"}] * 2

    ((found, message),) = problems(ItemContent, item(options=options, key="a"))

    assert (found, message) == ("options", "two options have the same code")


def test_an_option_code_is_one_letter():
    options = [{"code": "aa", "text": "x", "rationale": "y"}]

    assert problems(ItemContent, item(options=options))[0][0] == "options.0.code"


def test_codes_that_stand_twice_are_refused_in_every_file():
    row = item(code="same")
    battery = {"code": "x", "name": "x", "summary": "x", "steps": [{"assessment": "a"}]}
    assessment = {
        "code": "x", "name": "x", "skill": "x", "summary": "x", "instructions": "x",
        "time_limit_seconds": None, "stated_minutes": 1, "stated_kilobytes": 1,
        "blueprint": [{"count": 1}],
    }
    for model, data in (
        (ItemsFile, {"skill": "x", "items": [row, row]}),
        (BatteriesFile, {"batteries": [battery, battery]}),
        (AssessmentsFile, {"assessments": [assessment, assessment]}),
    ):
        assert "stand twice" in problems(model, data)[0][1]


def test_a_battery_names_each_assessment_once():
    data = {"batteries": [{"code": "x", "name": "x", "summary": "x",
                           "steps": [{"assessment": "a"}, {"assessment": "a"}]}]}

    assert problems(BatteriesFile, data)[0][0] == "batteries.0"


def test_a_skill_has_five_levels_in_order():
    levels = [
        {"level": n, "title": "t", "description": "d", "behaviours": ["a", "b"], "at_work": "w"}
        for n in (1, 2, 3, 5, 4)
    ]
    facets = [{"code": "a", "name": "A"}, {"code": "b", "name": "B"}]
    skill = {"code": "x", "name": "x", "definition": "x", "facets": facets, "levels": levels}

    assert "levels must be 1 to 5 in order" in problems(SkillContent, skill)[0][1]
    assert problems(SkillContent, skill | {"levels": levels[:4]})[0][0] == "levels"


def test_the_example_in_the_documentation_is_valid():
    text = (settings.BASE_DIR / "docs" / "content.md").read_text()
    example = text.split("```yaml\n")[1].split("```")[0]
    data = yaml.safe_load(example.replace("date: 2026", "date: '2026").replace("-23\n", "-23'\n"))
    options = [{"code": code, "text": "T", "rationale": "R"} for code in "abcd"]
    for row in data["items"]:
        row["options"] = options

    assert ItemsFile(**data).items


def test_a_file_with_a_wrong_key_names_file_line_and_field(tmp_path):
    path = tmp_path / "items.yaml"
    path.write_text(
        "skill: empathy\nitems:\n"
        "- code: empathy-001\n  type: single-choice\n  facet: noticing\n  level: 2\n  seconds: 40\n"
        "  stem: S\n  options:\n  - {code: a, text: A, rationale: R}\n"
        "  - {code: b, text: B, rationale: R}\n  key: c\n  explanation: E\n"
    )

    with pytest.raises(ContentInvalid) as refusal:
        read_document(path, "items/empathy.yaml").parse(ItemsFile)

    assert str(refusal.value) == (
        "items/empathy.yaml:12: items.0.key: the key must be the code of one option"
    )
