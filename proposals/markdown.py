"""From the light marks that people type to the HTML that is kept."""

from functools import cache

from markdown_it import MarkdownIt

from register.text import clean_rich_text

# An image would make a page ask a third party, and indented words are no program.
LEFT_OUT = ["code", "fence", "image", "html_block", "html_inline", "reference"]


def html_of(marked: str) -> str:
    """Paragraphs, headings, lists, quotes, emphasis and links, and nothing else.

    A line break is kept as one. What looks like HTML is shown as it was typed.
    """
    return clean_rich_text(_parser().render(marked))


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "breaks": True, "linkify": False}
    return MarkdownIt("commonmark", options).disable(LEFT_OUT).enable("strikethrough")
