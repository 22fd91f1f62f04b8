"""Icons as inline SVG, drawn for the portal on a grid of 24."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "arrow-right": "M5 12h14M13 6l6 6-6 6",
    "arrow-left": "M19 12H5M11 6l-6 6 6 6",
    "arrow-up": "M12 19V5M6 11l6-6 6 6",
    "arrow-down": "M12 5v14M6 13l6 6 6-6",
    "check": "M5 13l4.5 4.5L19 7",
    "clock": "M12 3a9 9 0 1 0 .01 0M12 7v5l3.5 2",
    "cross": "M6 6l12 12M18 6L6 18",
    "data": "M4 17h3v3H4zM10.5 11h3v9h-3zM17 4h3v16h-3z",
    "device": "M7 3h10v18H7zM11 18h2",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "flag": "M6 21V4h11l-2 4 2 4H6",
    "gap": "M4 7h9M4 12h5M4 17h12M17 5v14",
    "info": "M12 3a9 9 0 1 0 .01 0M12 11v6M12 7.5v.5",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "mail": "M4 6h16v12H4zM4 7l8 6 8-6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "person": "M12 4a4 4 0 1 0 .01 0M4.5 20c1-4 4-5.5 7.5-5.5s6.500 1.500 7.500 5.500",
    "question": "M12 3a9 9 0 1 0 .01 0M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .9-1 1.7M12 16.8v.2",
    "search": "M10.500 4a6.500 6.500 0 1 0 .01 0M15.500 15.500L20 20",
    "stairs": "M3 20h5v-5h5v-5h5V5h3",
    "warning": "M12 4l9 16H3zM12 10v4.500M12 17v.3",
}


def icon_svg(name: str, label: str = "") -> SafeString:
    """The icon `name`; with `label` it is an image with that name, without one it is decoration.

    Raises KeyError for a name that isn't drawn.
    """
    hidden = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" focusable="false" {}><path d="{}"/></svg>',
        hidden,
        _PATHS[name],
    )


ICON_NAMES = tuple(_PATHS)
