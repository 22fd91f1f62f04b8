"""The portal's template components."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from core.icons import _PATHS, icon_svg
from core.templatetags.components import as_percent, floor_minutes, megabytes


@pytest.mark.parametrize("name", _PATHS)
def test_every_icon_is_decoration_unless_it_is_named(name):
    assert 'aria-hidden="true"' in icon_svg(name)
    assert 'role="img" aria-label="A &lt;b&gt;"' in icon_svg(name, "A <b>")


def test_an_unknown_icon_is_an_error():
    with pytest.raises(KeyError):
        icon_svg("unicorn")


@pytest.mark.parametrize(
    ("kilobytes", "text"), [(0, "0.0"), (1, "0.1"), (100, "0.1"), (101, "0.2"), (1240, "1.3")]
)
def test_megabytes_are_rounded_up(kilobytes, text):
    assert megabytes(kilobytes) == text


def test_small_formats():
    assert (as_percent(0.756), as_percent(None)) == ("76 %", "–")
    assert (floor_minutes(59), floor_minutes(125)) == (0, 2)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("{% query page='2' %}", "?stage=new&page=2"),
        ("{% query stage='' %}", "?"),
        ("{% query stage='a b&c' %}", "?stage=a+b%26c"),
    ],
)
def test_the_query_string_is_changed_and_encoded(tag, expected):
    request = RequestFactory().get("/?stage=new")

    rendered = Template("{% autoescape off %}" + tag + "{% endautoescape %}").render(
        Context({"request": request})
    )

    assert rendered == expected
