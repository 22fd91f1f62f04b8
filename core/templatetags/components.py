"""The portal's own components, built into every template."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from core.band import Band
from core.icons import icon_svg
from core.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(text: str | None) -> SafeString | str:
    return render_markdown(text) if text else ""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An inline icon; hidden from screen readers unless it has a label of its own."""
    return icon_svg(name, label)


@register.inclusion_tag("components/band.html")
def band(band: Band, size: str = "normal") -> dict[str, Any]:
    """The score band; `size` is normal or small."""
    return {"band": band, "size": size}


@register.filter
def coordinate(value: float) -> str:
    """A number as SVG reads it, whatever the reader's language writes."""
    return f"{value:.2f}"


@register.filter
def as_percent(value: float | None) -> str:
    return "–" if value is None else f"{round(100 * value)} %"


@register.filter
def floor_minutes(seconds: int) -> int:
    """Whole minutes in so many seconds."""
    return seconds // 60


@register.filter
def megabytes(kilobytes: int) -> str:
    """Megabytes with one decimal, rounded up: data is never understated."""
    return str(-(-kilobytes // 100) / 10)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The current page's query string with some values replaced; None or '' removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"
