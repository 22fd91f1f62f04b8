"""Markdown that can't carry script: HTML is shown as text, and the output is sanitised again."""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "blockquote", "pre", "code", "em", "strong"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a"),
}
_ATTRIBUTES = {"a": {"href"}, "th": {"class"}, "td": {"class"}, "ol": {"start"}}


@lru_cache(maxsize=4096)
def render_markdown(text: str) -> SafeString:
    """HTML of `text`: paragraphs, lists, emphasis, tables and links to https or this site.

    A first-level heading becomes a second-level one: the page owns the first.
    """
    html = _PARSER.render(text)
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    for side in ("left", "center", "right"):
        html = html.replace(f' style="text-align:{side}"', f' class="text-{side}"')
    return mark_safe(
        nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https", "mailto"})
    )
