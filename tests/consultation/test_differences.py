"""A text of law in force and the one proposed in its place: what changes is marked."""

import re

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from consultation.differences import Change, Paragraph, differences, is_changed
from consultation.templatetags.differences import Comparison, compared, marked
from proposals.enums import AppendixKind
from proposals.models import Appendix
from register.text import clean_rich_text
from tests.register.test_rich_text import HTML

IN_FORCE, PROPOSED = AppendixKind.LAW_IN_FORCE, AppendixKind.LAW_PROPOSED
EXPLANATORY = AppendixKind.EXPLANATORY
KEPT, REMOVED, ADDED = Change.KEPT, Change.REMOVED, Change.ADDED

# Texts that have something in common, as a law has with the law it becomes.
SENTENCES = st.lists(
    st.sampled_from("la ville ouvre l’eau 12 chaque dimanche . et ferme".split()),  # noqa: SIM905
    min_size=1,
    max_size=12,
).map(" ".join)
LAWS = st.lists(
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h3", "li"]), SENTENCES),
    max_size=6,
).map("".join)


def words(paragraphs: list[Paragraph], *changes: Change) -> list[str]:
    """The words that met these fates, in order."""
    return [
        word
        for paragraph in paragraphs
        for word in "".join(
            run.text
            for change, runs in paragraph.pieces
            if change in changes
            for run in runs
        ).split()
    ]


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """What changed: "removed" or "added", and the words."""
    return [
        (change.value, "".join(run.text for run in runs).strip())
        for paragraph in differences(before, after)
        for change, runs in paragraph.pieces
        if change != KEPT
    ]


def letters(html: str) -> str:
    return "".join(BeautifulSoup(html, "html.parser").get_text().split())


def law(kind: str, text: str, title: str = "") -> Appendix:
    return Appendix(kind=kind, text=text, title=title)


def shown(*appendices: Appendix, language: str = "en") -> BeautifulSoup:
    """The block of appendices of a proposal in French."""
    with translation.override(language):
        html = render_to_string(
            "components/appendices.html",
            {"appendices": appendices, "language": "fr", "cites": frozenset()},
        )
    return BeautifulSoup(html, "html.parser")


@given(LAWS, LAWS)
def test_what_is_kept_and_added_is_the_second_text_word_for_word(before, after):
    found = differences(before, after)

    said = BeautifulSoup(after.replace("<", " <"), "html.parser").get_text()
    assert words(found, KEPT, ADDED) == said.split()


@given(LAWS, LAWS)
def test_what_is_kept_and_removed_is_the_first_text_word_for_word(before, after):
    found = differences(before, after)

    said = BeautifulSoup(before.replace("<", " <"), "html.parser").get_text()
    assert words(found, KEPT, REMOVED) == said.split()


@given(HTML.map(clean_rich_text), HTML.map(clean_rich_text))
# Where two sentences that follow one another take their own signs with them.
@example(
    clean_rich_text("<noscript><p><p><p><p><p>0<b><b>"),
    clean_rich_text("<noscript><p><p><p><p><p><b><p><b>"),
)
def test_no_letter_of_either_text_is_lost_whatever_they_are(before, after):
    found = differences(before, after)

    assert "".join(words(found, KEPT, ADDED)) == letters(after)
    straight = "".join(words(found, KEPT, REMOVED)).replace("’", "'")
    assert straight == letters(before).replace("’", "'")


@given(HTML.map(clean_rich_text) | LAWS)
def test_a_text_does_not_differ_from_itself(text):
    assert not is_changed(differences(text, text))


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (
            "<p>limitée à 50 km/h ici</p>",
            "<p>limitée à 30 km/h ici</p>",
            [("removed", "50"), ("added", "30")],
        ),
        # An elision is apart from what it elides; a figure and its groups are one.
        (
            "<p>l’article 1 500 du code</p>",
            "<p>d’article 3 500 du code</p>",
            [
                ("removed", "l’"),
                ("added", "d’"),
                ("removed", "1 500"),
                ("added", "3 500"),
            ],
        ),
        (
            "<p>Les contours des zones sont fixés par arrêté.</p>",
            "<p>Les contours des zones sont fixés par arrêté, après avis.</p>",
            [("added", ", après avis")],
        ),
        (
            "<p>Dix axes. Une liste est publiée.</p>",
            "<p>Cinq axes. Une liste est publiée. Elle est révisée.</p>",
            [("removed", "Dix"), ("added", "Cinq"), ("added", "Elle est révisée.")],
        ),
        # A word that says little between two changes changes with them.
        (
            "<p>Un bilan annuel du maire et du conseil est public.</p>",
            "<p>Un bilan mensuel de la région et du bureau est public.</p>",
            [
                ("removed", "annuel du maire et du conseil"),
                ("added", "mensuel de la région et du bureau"),
            ],
        ),
        # A paragraph is aligned with the one it resembles, not with its neighbour.
        (
            "<p>La piscine ferme en août.</p>",
            "<p>La mairie reçoit les enfants.</p><p>La piscine ouvre en août.</p>",
            [
                ("added", "La mairie reçoit les enfants."),
                ("removed", "ferme"),
                ("added", "ouvre"),
            ],
        ),
        ("<p>Un</p><p>Deux</p>", "<p>Un</p>", [("removed", "Deux")]),
        ("<p>Un<br>deux</p>", "<p>Un</p><p>deux</p>", []),
        ("<p>l'eau, 10 000 €</p>", "<p>l’eau, 10\u202f000\xa0€</p>", []),
        ("<p>Un mot</p>", "<p>Un <strong>mot</strong></p>", []),
    ],
)
def test_a_change_is_told_as_a_reader_would_tell_it(before, after, changed):
    assert changes(before, after) == changed


def test_words_and_punctuation_keep_their_styles_and_their_typography():
    text = "<p>« L’art. 1<sup>er</sup>\xa0» : <em>10\u202f% <s>et</s></em>\u202f?</p>"

    html = str(marked(differences(text.replace("%", "km"), text)))

    sentence = BeautifulSoup(html, "html.parser")
    for hidden in sentence.select(".visually-hidden, del"):
        hidden.decompose()
    assert sentence.get_text() == BeautifulSoup(text, "html.parser").get_text()
    assert sentence.sup.get_text() == "er"
    assert sentence.select_one("em > s").get_text().strip() == "et"


def test_a_removed_word_is_not_run_into_the_next():
    html = str(marked(differences("<p>Hier la mairie</p>", "<p>la mairie</p>")))

    assert "</del> la mairie" in html


def test_items_keep_their_numbers_and_headings_are_paragraphs():
    text = "<h3>Un</h3><ol><li>a</li><li>b<ul><li>c</li></ul></li></ol><p>Deux</p>"

    lines = BeautifulSoup(str(marked(differences(text, text))), "html.parser")

    told = [(each["class"], each.get_text()) for each in lines.find_all("p")]
    assert told == [
        (["differences__heading"], "Un"),
        (["differences__item"], "1. a"),
        (["differences__item"], "2. b"),
        (["differences__item"], "– c"),
        (["differences__text"], "Deux"),
    ]


@given(st.text() | st.text(alphabet="<>/\"'& ap=hrefdlins"), st.text())
def test_nothing_of_a_text_becomes_a_tag_in_the_page(before, after):
    html = str(marked(differences(before, after)))

    tags = BeautifulSoup(html, "html.parser").find_all(True)
    assert {tag.name for tag in tags} <= {"p", "del", "ins", "span"} | {"s", "u", "em"}
    assert {name for tag in tags for name in tag.attrs} <= {"class", "lang"}


def test_two_paragraphs_too_long_to_compare_are_shown_whole():
    before = f"<p>Article premier {'chaque habitant peut ' * 90} voter</p>"
    after = f"<p>Article premier {'peut chaque habitant ' * 90} voter</p>"

    (paragraph,) = differences(before, after)

    assert [piece.change for piece in paragraph.pieces] == [KEPT, REMOVED, ADDED, KEPT]


def test_paragraphs_too_long_to_compare_are_shown_whole():
    """Many small matches would each be looked for again: seconds for one page."""
    before = f"<p>{' '.join(f'mot{n} de' for n in range(2_500))}</p>"

    (paragraph,) = differences(before, before.replace(" de", " du"))

    assert [piece.change for piece in paragraph.pieces][-2:] == [REMOVED, ADDED]


def test_a_law_in_force_and_the_one_proposed_are_one_block():
    block = shown(
        law(EXPLANATORY, "<p>Pourquoi</p>"),
        law(IN_FORCE, "<p>La vitesse est de 50 km/h.</p>", "Article 12"),
        law(PROPOSED, "<p>La vitesse est de 30 km/h.</p>", "Article 12"),
    )

    explanatory, comparison = block.select("section.appendix")
    assert explanatory.find("del") is None
    assert comparison.h3.get_text() == "Article 12"
    text = comparison.select_one(".differences")
    assert text["lang"] == "fr"
    assert text.select_one("del").get_text() == "start of a removal 50 end of a removal"
    assert text.select_one("ins .visually-hidden")["lang"] == "en"
    legend = comparison.select_one(".differences__legend").get_text(" ", strip=True)
    assert "removed" in legend
    assert "added" in legend
    full = {
        each.summary.get_text(strip=True): each.select_one(".prose").get_text()
        for each in comparison.select("details")
    }
    assert full == {
        "Text in force": "La vitesse est de 50 km/h.",
        "Proposed text": "La vitesse est de 30 km/h.",
    }


def test_two_texts_that_say_the_same_are_said_to():
    block = shown(law(IN_FORCE, "<p>Un</p>"), law(PROPOSED, "<p>Un</p>"))

    assert block.select("del, ins") == []
    assert "nothing changes" in block.get_text()
    assert block.select_one(".differences").get_text() == "Un"


@pytest.mark.parametrize(
    ("kinds", "blocks"),
    [
        ([IN_FORCE, PROPOSED], [(0, 1)]),
        ([PROPOSED, IN_FORCE], [(1, 0)]),
        ([IN_FORCE, PROPOSED] * 2, [(0, 1), (2, 3)]),
        ([PROPOSED, IN_FORCE, PROPOSED], [0, (1, 2)]),
        ([IN_FORCE, PROPOSED, PROPOSED], [(0, 1), 2]),
        ([IN_FORCE, EXPLANATORY, PROPOSED], [0, 1, 2]),
        ([IN_FORCE, PROPOSED, IN_FORCE], [(0, 1), 2]),
        ([], []),
    ],
)
def test_laws_are_compared_two_by_two_where_they_follow_each_other(kinds, blocks):
    appendices = [law(kind, "<p>Un</p>") for kind in kinds]

    found = compared(appendices)

    assert [
        (appendices.index(each.in_force), appendices.index(each.proposed))
        if isinstance(each, Comparison)
        else appendices.index(each)
        for each in found
    ] == blocks


def test_the_titles_of_both_texts_are_shown_once_each():
    block = shown(
        law(PROPOSED, "<p>Un</p>", "Article 12 nouveau"),
        law(IN_FORCE, "<p>Un</p>", "Article 12 <ancien>"),
    )

    assert block.h3.get_text() == "Article 12 nouveau"
    assert len(re.findall("Article 12 nouveau", block.get_text())) == 1
    assert block.select_one(".appendix__title").get_text() == "Article 12 <ancien>"
