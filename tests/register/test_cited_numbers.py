"""Where a text says `#915`, and where it only looks so."""

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from register.citations import CITATION, cited_numbers, words_of_html

TABLE = [
    ("Voir #915.", {915}),
    ("#1", {1}),
    ("(#12)", {12}),
    ("« #12 »", {12}),
    ("#12, #13 et\n#14", {12, 13, 14}),
    ("#12-#13", {12, 13}),
    ("l’#12 dit #12", {12}),
    ("proposition n° #12 !", {12}),
    ("été\u202f: #12…", {12}),
    ("#1234567890123", {1234567890123}),
    ("#12345678901234", set()),
    ("#0", set()),
    ("#012", set()),
    ("# 12", set()),
    ("#", set()),
    ("12", set()),
    ("C#7", set()),
    ("é#7", set()),
    ("_#7", set()),
    ("##7", set()),
    ("&#39;", set()),
    ("&#39", set()),
    ("#2nd", set()),
    ("#2e", set()),
    ("#7_", set()),
    ("#7é", set()),
    ("#٣", set()),
    ("page#12", set()),
    ("/#12", set()),
    ("https://exemple.fr/#12", set()),
    ("https://exemple.fr/loi?article=#12", set()),
    ("HTTPS://exemple.fr/-#12, puis #13", {13}),
    ("<nom>#12", {12}),
]


@pytest.mark.parametrize(("text", "numbers"), TABLE)
def test_what_looks_like_a_number_of_ours_cites_it_and_nothing_else(text, numbers):
    assert cited_numbers(text) == numbers


# Anything that a person may type around a number, too short to hold the number too.
AROUND = st.text(st.sampled_from("a é_&#/ .,;()’\n9<>"), max_size=4)


@given(AROUND, st.integers(10**5, 10**15), AROUND)
def test_a_citation_stands_alone_among_words(before, number, after):
    cites = number in cited_numbers(f"{before}#{number}{after}")

    alone = not re.search(r"[\w&#/]\Z", before) and not re.match(r"\w", after)
    assert cites == (alone and number < 10**13)


@given(st.sets(st.integers(1, 10**13 - 1)))
def test_every_number_of_a_list_is_cited(numbers):
    text = ", ".join(f"#{number}" for number in numbers)

    assert cited_numbers(text) == numbers


@given(st.text(st.sampled_from("#0123456789ab &/_")))
def test_what_is_cited_can_be_made_a_link_with_the_pattern(text):
    linked = {int(number) for number in CITATION.findall(text)}

    assert linked == cited_numbers(text)


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ("<p>Voir #12.</p>", {12}),
        ("<p>Voir</p><p>#12</p>", {12}),
        ("<p>Voir #1</p><p>2</p>", {1}),
        ("<p>Voir #1<br>2</p>", {1}),
        ("<ul><li>#12</li><li>#13</li></ul>", {12, 13}),
        ("<p>Voir <strong>#12</strong></p>", {12}),
        ("<p>La #2<sup>e</sup> fois</p>", set()),
        ("<p>C<em>#7</em></p>", set()),
        ('<p><a href="https://exemple.fr/#12">là</a></p>', set()),
        ('<p><a href="https://exemple.fr/">voir #12</a> et #13</p>', {13}),
        ('<p><a href="https://exemple.fr/">voir <em>#12</em></a></p>', set()),
        ('<p><a href="https://exemple.fr/?a>#12">là</a></p>', set()),
        ("<p>3 &lt; 4, l&#39;eau &amp; #12</p>", {12}),
        ("#12", {12}),
    ],
)
def test_only_the_words_of_a_rich_text_cite_and_not_those_of_links(html, numbers):
    assert cited_numbers(words_of_html(html)) == numbers


@given(st.text(st.sampled_from("#1234567890ab &<>'/;\n")))
def test_a_plain_text_cites_the_same_as_a_rich_one(text):
    html = f"<p>{escape(text)}</p>"

    assert cited_numbers(words_of_html(html)) == cited_numbers(text)
