from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from register.text import (
    BLANKS,
    BLOCK_TAGS,
    RICH_TEXT_TAGS,
    clean_rich_text,
    plain_from_rich,
)
from tests.register.test_plain_text import TEXTS

WORD = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View>"
    "</w:WordDocument></xml><![endif]-->"
    '<p class="MsoNormal" style="margin:0cm">Un texte<o:p></o:p></p>'
)

FRAGMENTS = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "<ul><li>", "</ul>",
        "<table><tr><td>", "<h1>", "<h6>", "<br/>", "<hr>", "<dl><dt>", "<svg>",
        "<math><mtext>", "<style>", "<script>", "</script>", "<textarea>", "<title>",
        "<!--", "-->", "<![CDATA[", "]]>", "<noscript>", "<template>", "<iframe>",
        '<a href="javascript:alert(1)">', '<a href="https://exemple.fr/?a&b">', "</a>",
        '<img src="https://exemple.fr/i.png" onerror="alert(1)">', "<img>",
        '<p style="color:red" onclick="alert(1)">', "&lt;", "&amp;lt;", "&nbsp;",
        "&#x338;", "&#0;", "&#xD800;", "&eacute", "\u0338", "e\u0301", "\r",
        '<p title="Un" lang="fr">', " onmouseover=alert(1) ", "<a href=//exemple.fr>",
    ]
)  # fmt: skip
HTML = st.lists(FRAGMENTS | TEXTS, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            "<p>Un <b>gras</b>, un <i>italique</i></p>",
            "<p>Un <strong>gras</strong>, un <em>italique</em></p>",
        ),
        (
            "<h1>Un</h1><h2>Deux</h2><h6>Six</h6>",
            "<h3>Un</h3><h3>Deux</h3><h4>Six</h4>",
        ),
        ("<dl><dt>Eau</dt><dd>H2O</dd></dl>", "<ul><li>Eau</li><li>H2O</li></ul>"),
        (
            "<p>&Eacute;tat &laquo;&nbsp;s&ucirc;r&nbsp;&raquo; &#233;</p>",
            "<p>État «\u00a0sûr\u00a0» é</p>",
        ),
        ("<p>3 &lt; 5 &amp; 5 &gt; 3</p>", "<p>3 &lt; 5 &amp; 5 &gt; 3</p>"),
        ("<p>&amp;nbsp; &amp;eacute;</p>", "<p>&amp;nbsp; &amp;eacute;</p>"),
        ("<p>e&#x301;</p>", "<p>\u00e9</p>"),
        ("<p>a\u2028b</p>", "<p>a\u2028b</p>"),
        ("<p>un\r\ndeux</p>", "<p>un\ndeux</p>"),
        (WORD, "<p>Un texte</p>"),
        ("<div>Un</div><div>Deux</div>", "<p>Un</p><p>Deux</p>"),
        ("<div><div>Un</div><div><p>Deux</p></div></div>", "<p>Un</p><p>Deux</p>"),
        (
            "<p>Un</p><p> </p><p><br></p><p>&nbsp;</p><p></p><p>Deux</p>",
            "<p>Un</p><p>Deux</p>",
        ),
        ("<p>Un</p><script>alert(1)</script><style>p{}</style>", "<p>Un</p>"),
        ('<p style="color:red" onclick="x()" id="a">Un</p>', "<p>Un</p>"),
        ('<p lang="en-GB" title="Un">Un</p>', "<p>Un</p>"),
        (
            '<a href="https://exemple.fr" target="_blank" rel="x">Là</a>',
            '<a href="https://exemple.fr">Là</a>',
        ),
        (
            '<a href="mailto:a@exemple.fr">Là</a>',
            '<a href="mailto:a@exemple.fr">Là</a>',
        ),
        ('<a href="javascript:alert(1)">Là</a>', "Là"),
        ('<a href=" java\tscript:alert(1)">Là</a>', "Là"),
        ('<a href="data:text/html,x">Là</a>', "Là"),
        (
            '<p><img src="https://exemple.fr/i.png" alt="Plan"></p>',
            '<p><a href="https://exemple.fr/i.png">https://exemple.fr/i.png</a></p>',
        ),
    ],
)
def test_rich_text_keeps_its_structure_and_loses_its_style(typed, kept):
    assert clean_rich_text(typed) == kept


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Un</h3><h4>Deux</h4><p>Trois<br>quatre</p><hr>",
        "<ul><li>Un</li></ul><ol><li>Deux</li></ol><blockquote>Trois</blockquote>",
        "<s>Un</s><u>deux</u><sub>trois</sub><sup>quatre</sup>",
        "Sans balise",
        "",
    ],
)
def test_rich_text_of_our_tags_is_left_alone(html):
    assert clean_rich_text(html) == html


@pytest.mark.parametrize("typed", ["<p>a\0b</p>", "<p>a\ud800b</p>"])
def test_what_no_file_can_hold_is_refused(typed):
    with pytest.raises(ValueError, match="holds"):
        clean_rich_text(typed)


def test_the_cells_of_a_table_are_not_run_together():
    typed = "<table><tr><td>Nantes</td><td>Lyon</td></tr><tr><td>Metz</td></tr></table>"

    words = BeautifulSoup(clean_rich_text(typed), "html.parser").get_text().split()

    assert words == ["Nantes", "Lyon", "Metz"]


def test_a_long_solidus_does_not_swallow_the_end_of_a_tag():
    """U+003E and U+0338 are one character, U+226F, in NFC: no tag would end there."""
    typed = "<b>&#x338; onmouseover=alert(1) </b>"

    assert "\u226f" not in clean_rich_text(typed)


@example("<b>&#x338; onmouseover=alert(1) </b>")
@given(HTML)
def test_rich_text_holds_no_tag_and_no_attribute_outside_the_list(typed):
    soup = BeautifulSoup(clean_rich_text(typed), "html.parser")

    assert {tag.name for tag in soup.find_all(True)} <= RICH_TEXT_TAGS
    for tag in soup.find_all(True):
        assert set(tag.attrs) <= ({"href"} if tag.name == "a" else set())
        assert urlsplit(tag.get("href", "")).scheme in {"", "http", "https", "mailto"}


# A link that a table carries out of another link.
@example("<a href=//a><table><tr><td><a href=//b><table><tr><td>")
@given(HTML)
def test_rich_text_cleaned_twice_is_cleaned_once(typed):
    once = clean_rich_text(typed)

    assert clean_rich_text(once) == once


@pytest.mark.parametrize("href", ["/admin/", "//autre.example", "projets/12", "#bas"])
def test_a_link_that_would_lead_elsewhere_from_here_keeps_its_words_alone(href):
    assert clean_rich_text(f'<p><a href="{href}">Un</a></p>') == "<p>Un</p>"


@given(HTML)
@example('<a href="https://exemple.fr/a>b">lien</a> &amp;lt; fin<br>suite')
def test_the_words_of_a_cleaned_text_are_those_that_a_parser_reads(typed):
    cleaned = clean_rich_text(typed)
    soup = BeautifulSoup(cleaned, "html.parser")
    for tag in soup.find_all(["br", *BLOCK_TAGS]):
        tag.append("\n")
    lines = (BLANKS.sub(" ", line).strip() for line in soup.get_text().split("\n"))

    plain = plain_from_rich(cleaned)

    assert plain == "\n".join(filter(None, lines))
