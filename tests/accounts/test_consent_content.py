"""Consent texts as files."""

from pathlib import Path

import pytest
from django.conf import settings

from accounts.content.kinds import KINDS
from accounts.models import ConsentText
from core.content.documents import ContentInvalid
from core.content.loading import export, load
from tests.factories.accounts import UserFactory, consented

pytestmark = pytest.mark.django_db
TEXT = "kind: assessment\nversion: 1\ntitle: Your answers\nbody: |\n  We process **answers**.\n"


def write(folder: Path, text: str = TEXT, name: str = "assessment-1") -> Path:
    (folder / "consents").mkdir(exist_ok=True)
    (folder / "consents" / f"{name}.yaml").write_text(text)
    return folder


def test_the_starter_text_loads_and_comes_back_the_same(tmp_path):
    starter = settings.BASE_DIR / "content" / "bpo"
    assert load(KINDS, starter).created == ["consent text assessment-1"]
    export(KINDS, tmp_path)
    assert load(KINDS, tmp_path).unchanged == ["consent text assessment-1"]


def test_a_text_can_change_until_somebody_agrees(tmp_path):
    load(KINDS, write(tmp_path))
    load(KINDS, write(tmp_path, TEXT.replace("answers**", "times**")))
    assert ConsentText.objects.get().body == "We process **times**."
    consented(UserFactory())
    with pytest.raises(ContentInvalid, match=r"assessment-1.yaml:4: body: version 1 was agreed to"):
        load(KINDS, write(tmp_path, TEXT.replace("answers**", "nothing**")))


def test_a_new_version_stands_beside_the_old_one(tmp_path):
    load(KINDS, write(tmp_path))
    consented(UserFactory())
    write(tmp_path, TEXT.replace("version: 1", "version: 2"), "assessment-2")
    assert load(KINDS, tmp_path).created == ["consent text assessment-2"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (TEXT.replace("version: 1", "version: 0"), ":2: version: "),
        (TEXT.replace("assessment", "marketing"), ":1: kind: "),
        (TEXT.replace("title", "heading"), ":3: heading: "),
        (TEXT.replace("version: 1", "version: 3"), ":2: version: this text belongs"),
    ],
)
def test_a_bad_file_is_named_with_line_and_field(tmp_path, text, problem):
    with pytest.raises(ContentInvalid) as error:
        load(KINDS, write(tmp_path, text))
    assert f"consents/assessment-1.yaml{problem}" in str(error.value)
