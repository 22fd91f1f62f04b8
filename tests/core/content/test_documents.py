"""YAML files are read strictly, and an error names file, line and field."""

import pytest
from pydantic import model_validator

from core.content.documents import (
    ContentInvalid,
    ContentModel,
    FieldInvalid,
    read_document,
    write_document,
)


class Inner(ContentModel):
    code: str
    count: int = 1

    @model_validator(mode="after")
    def _count_fits(self):
        if self.count > 9:
            raise FieldInvalid("count", "at most nine")
        return self


class Outer(ContentModel):
    title: str
    rows: list[Inner] = []


def problems(tmp_path, text, model=None):
    path = tmp_path / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ContentInvalid) as refusal:
        read_document(path, "file.yaml").parse(model)
    return [str(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "file.yaml:1: file: the file is empty"),
        ("# only a remark\n", "file.yaml:1: file: the file is empty"),
        (b"title: \xff\xfe", "file.yaml:1: file: the file is not UTF-8 text"),
        ("title: a\ntitle: b\n", "file.yaml:2: title: this field stands twice"),
        ("title: [a\nrows: b\n", "file.yaml:2: file: "),
        ("title: a\n\tb: c\n", "file.yaml:2: file: found character '\\t'"),
        ("title: 'a\n", "file.yaml:2: file: "),
        ("--- a\n--- b\n", "file.yaml:2: file: "),
        ("title: a\x00b", "file.yaml:1: file: "),
        ("title: !!python/object/apply:os.system ['true']\n", "file.yaml:1: file: "),
        ("? [a, b]\n: c\n", "file.yaml:1: file: "),
        ("title: &a [*a]\n", "file.yaml:1: file: "),
        ("a: &a [x]\nb: [*a, *a]\n", "file.yaml:2: file: "),
        ("base: &b {x: 1}\nrow:\n  <<: *b\n", "file.yaml:3: file: "),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(tmp_path, text, problem):
    (found,) = problems(tmp_path, text, Outer)

    assert found.startswith(problem)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ContentInvalid, match=r"gone\.yaml:1: file: "):
        read_document(tmp_path / "gone.yaml", "gone.yaml")


def test_every_wrong_field_is_named_with_its_line(tmp_path):
    found = problems(
        tmp_path,
        "title: x\nrows:\n  - code: a\n    count: many\n"
        "  - count: 2\n  - code: c\n    colour: red\n",
        Outer,
    )

    assert found == [
        "file.yaml:4: rows.0.count: Input should be a valid integer, unable to parse string as an "
        "integer",
        "file.yaml:5: rows.1.code: Field required",
        "file.yaml:7: rows.2.colour: Extra inputs are not permitted",
    ]


def test_a_rule_over_several_fields_names_the_field_that_breaks_it(tmp_path):
    found = problems(tmp_path, "title: x\nrows:\n  - code: a\n    count: 10\n", Outer)

    assert found == ["file.yaml:4: rows.0.count: at most nine"]


@pytest.mark.parametrize("text", ["just words", "- a\n- b\n", "7", "null"])
def test_a_file_of_another_shape_is_refused(tmp_path, text):
    (found,) = problems(tmp_path, text, Outer)

    assert found.startswith("file.yaml:1: file: ")


def test_words_stay_words(tmp_path):
    path = tmp_path / "file.yaml"
    path.write_text("a: yes\nb: no\nc: 2026-03-02\nd: on\ne: true\nf: 12\ng: ~\n")

    assert read_document(path).data == {
        "a": "yes", "b": "no", "c": "2026-03-02", "d": "on", "e": True, "f": 12, "g": None,
    }


@pytest.mark.parametrize(
    "value",
    ["yes", "true", "2026-03-02", "12", "a: b", "# no remark", "two\nlines\n", "é “quoted”", " pad",
     "tab\there", "- dash", "null", "~", "", "line\n\nline", "trailing \nspace"],
)
def test_what_is_written_reads_back_the_same(tmp_path, value):
    path = tmp_path / "deep" / "file.yaml"

    write_document(path, {"value": value, "rows": [{"code": value}]})

    assert read_document(path).data == {"value": value, "rows": [{"code": value}]}
