"""Settings from the environment fail early and name the variable."""

from fractions import Fraction

import pytest

from core.env import Environment, SettingInvalid


def read(**values):
    return Environment(values)


def test_text_comes_from_the_variable_or_its_default():
    assert read(NAME="value").text("NAME", "default") == "value"
    assert read().text("NAME", "default") == "default"
    assert read(NAME="").text("NAME", "default") == "default"


def test_a_text_without_default_must_be_set():
    with pytest.raises(SettingInvalid, match="NAME must be set"):
        read(NAME="").text("NAME")


@pytest.mark.parametrize("value", ["1", "true", "YES", "On"])
def test_a_flag_is_raised_by_these_words(value):
    assert read(FLAG=value).flag("FLAG", default=False) is True


@pytest.mark.parametrize("value", ["0", "false", "NO", "Off"])
def test_a_flag_is_lowered_by_these_words(value):
    assert read(FLAG=value).flag("FLAG", default=True) is False


def test_a_flag_that_is_neither_is_refused():
    with pytest.raises(SettingInvalid, match="FLAG must be true or false, not 'perhaps'"):
        read(FLAG="perhaps").flag("FLAG", default=True)
    assert read(FLAG="").flag("FLAG", default=True) is True


def test_an_integer_is_read_and_kept_above_its_minimum():
    assert read(N="7").integer("N", 3) == 7
    assert read().integer("N", 3) == 3
    with pytest.raises(SettingInvalid, match="N must be a whole number, not 'seven'"):
        read(N="seven").integer("N", 3)
    with pytest.raises(SettingInvalid, match="N must be at least 0, not -1"):
        read(N="-1").integer("N", 3)
    with pytest.raises(SettingInvalid, match="N must be at least 13, not 5"):
        read(N="5").integer("N", 16, minimum=13)


def test_words_are_separated_by_commas():
    assert read(HOSTS=" a.example, ,b.example ").words("HOSTS") == ["a.example", "b.example"]
    assert read().words("HOSTS", "x,y") == ["x", "y"]
    assert read().words("HOSTS") == []


def test_a_choice_is_one_of_its_choices():
    assert read(MODE="b").choice("MODE", ("a", "b"), "a") == "b"
    with pytest.raises(SettingInvalid, match="MODE must be one of a, b, not 'c'"):
        read(MODE="c").choice("MODE", ("a", "b"), "a")


@pytest.mark.parametrize(
    ("value", "share"), [("3/5", Fraction(3, 5)), ("0.6", Fraction(3, 5)), ("0", 0), ("1", 1)]
)
def test_a_share_is_exact(value, share):
    assert read(SHARE=value).fraction("SHARE", "1/2") == share


@pytest.mark.parametrize("value", ["7/5", "-0.1", "1/0", "half"])
def test_a_share_outside_0_to_1_is_refused(value):
    with pytest.raises(SettingInvalid, match="SHARE must"):
        read(SHARE=value).fraction("SHARE", "1/2")
