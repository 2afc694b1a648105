"""The HTML report."""

from whence.publish.html.page import to_html

__all__ = ["to_html"]
