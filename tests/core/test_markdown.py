"""Markdown renders, and whatever is dangerous in it becomes harmless."""

import re

import pytest

from core.markdown import render_markdown

DANGEROUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example" onmouseover="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    "<iframe src=https://evil.example></iframe>",
    "<style>body{display:none}</style>",
    '<p style="position:fixed">x</p>',
    "<form action=https://evil.example><input name=password></form>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    "```js onload=alert(1)\nx\n```",
    "| a |\n| --- |\n| <script>alert(1)</script> |",
    "# <img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- --><script>alert(1)</script>",
    "\\<script\\>alert(1)\\</script\\>",
    "<b\x00onclick=alert(1)>",
]
ALLOWED_TAG = re.compile(
    r"</?(p|br|hr|h[2-4]|blockquote|pre|code|em|strong|ul|ol|li|table|thead|tbody|tr|th|td|a)\b"
    r'(?: (?:href="(?:https://|mailto:|/|#|[a-z0-9%._-]+(?:$|"))[^"<>]*"|class="text-\w+"'
    r'|start="\d+"|rel="[a-z ]+"|title="[^"<>]*"))* ?/?>'
)


@pytest.mark.parametrize("source", DANGEROUS)
def test_only_harmless_tags_and_attributes_come_out(source):
    html = render_markdown(source)

    assert "<" not in ALLOWED_TAG.sub("", html), html
    assert not re.search(r"<[^>]*(javascript|vbscript|data:|file:|onerror|onload)", html, re.I)


def test_html_in_the_source_is_shown_as_text():
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in render_markdown("<script>alert(1)</script>")


def test_what_authors_need_is_rendered():
    html = render_markdown(
        "# Title\n\nA *b* **c** `d`\n\n3. three\n4. four\n\n> said\n\n"
        "| Item | Amount |\n|---|---:|\n| Fee | 12.50 |\n\n[more](https://a.example/x?y=1)"
    )

    assert "<h2>Title</h2>" in html
    assert "<em>b</em> <strong>c</strong> <code>d</code>" in html
    assert '<ol start="3">' in html
    assert "<blockquote>" in html
    assert '<td class="text-right">12.50</td>' in html
    assert "style=" not in html
    assert 'href="https://a.example/x?y=1"' in html


def test_a_page_keeps_its_only_first_level_heading():
    assert "<h1" not in render_markdown("# One\n\nTwo\n===")
