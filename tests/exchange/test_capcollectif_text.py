"""What people typed on a Cap Collectif platform, faithful and regular."""

import unicodedata

import pytest

from arguments.models import Argument, Source, SourceCategory
from proposals.enums import AppendixKind
from proposals.models import Appendix, Proposal
from register.models import Debate
from tests.exchange.platform import Platform, argument, author, opinion, source

FAITHFUL = [
    "On écrit <br> et < 3, et > 2 & &amp; aussi.",
    "Mettez <nom de famille> sur le badge.",
    "<script>alert('non')</script>",
    "@Dominique je ne suis pas d'accord",
    "- un tiret\n- un autre",
    "=1+1",
    "+33 1 23 45 67 89",
    "L'apostrophe droite et l’apostrophe courbe",
    "https://exemple.fr/?a=1&b=2",
    "Un cœur ❤️ et un pouce 👍🏽",
    "séparées\u2028par une ligne\u2029ou deux\u0085",
    "deux  blancs\tet\xa0une insécable\u202f!",
    "x" * 2000,
]


@pytest.mark.parametrize("text", FAITHFUL)
def test_a_plain_text_is_kept_as_it_was_typed(platform: Platform, text: str) -> None:
    result = platform.imports(opinion(arguments=[argument(text)]))

    assert result.status == 0, result.err
    assert Argument.objects.get().text == text.strip()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("une ligne\r\nune autre\rencore", "une ligne\nune autre\nencore"),
        ("  \n entouré de blancs \r\n", "entouré de blancs"),
        (unicodedata.normalize("NFD", "Élève très âgé"), "Élève très âgé"),
    ],
)
def test_a_plain_text_is_made_regular(
    platform: Platform, typed: str, kept: str
) -> None:
    platform.imports(opinion(arguments=[argument(typed)], sources=[source(body=typed)]))

    assert Argument.objects.get().text == kept
    assert Source.objects.get().note == kept


def test_a_rich_text_loses_its_entities_its_style_and_what_an_office_suite_left(
    platform: Platform,
) -> None:
    body = (
        '<p class="MsoNormal" style="color:red"><o:p></o:p>L&rsquo;&eacute;cole'
        "&nbsp;: <b>oui</b> &lt; 3 &amp; <i>non</i></p>\r\n"
        '<p><a href="https://exemple.fr" onclick="x()">ici</a></p>'
        "<p>&nbsp;</p><script>x()</script>"
    )

    platform.imports(opinion(body=body))

    assert Proposal.objects.get().text == (
        "<p>L’école\xa0: <strong>oui</strong> &lt; 3 &amp; <em>non</em></p>\n"
        '<p><a href="https://exemple.fr">ici</a></p>'
    )


def test_a_title_of_236_characters_is_kept_whole(platform: Platform) -> None:
    title = ("Ouvrir les cantines " * 12)[:236].strip("s ") + "!"
    title = title.ljust(236, "!")

    platform.imports(opinion(title=title))

    assert Proposal.objects.get().title == title


def test_texts_of_law_become_appendices_and_empty_ones_are_left_out(
    platform: Platform,
) -> None:
    platform.imports(
        opinion(
            appendices=[
                {"type": {"title": "Exposé des motifs"}, "body": "<p>Parce que.</p>"},
                {"type": {"title": "Étude d’impact"}, "body": "<p>&nbsp;</p>"},
                {"type": {"title": "Autre"}, "body": None},
            ],
            modals=[
                {"key": "a1", "title": "Article 1", "before": "Ancien", "after": ""},
                {"key": "a2", "title": "", "before": "Avant", "after": "<b>Après</b>"},
            ],
        )
    )

    assert list(Appendix.objects.values_list("kind", "title", "text")) == [
        (AppendixKind.EXPLANATORY, "Exposé des motifs", "<p>Parce que.</p>"),
        (AppendixKind.LAW_IN_FORCE, "Article 1", "Ancien"),
        (AppendixKind.LAW_IN_FORCE, "a2", "Avant"),
        (AppendixKind.LAW_PROPOSED, "a2", "<strong>Après</strong>"),
    ]


def test_an_unknown_category_of_sources_is_created_and_reported(
    platform: Platform,
) -> None:
    result = platform.imports(
        opinion(sources=[source(category="Carnet"), source(category="Autre")])
    )

    assert SourceCategory.objects.filter(title="Carnet").count() == 1
    assert "New category of sources: Carnet" in result.err
    assert "New category of sources: Autre" not in result.err


def test_sections_are_named_by_their_subtitle_in_the_order_of_the_platform(
    platform: Platform,
) -> None:
    kinds = [
        {"id": 9, "title": "Titre II", "subtitle": "Section 1"},
        {"id": 4, "title": "Titre I", "subtitle": "L'accueil"},
        {"id": 4, "title": "Titre I", "subtitle": "L’accueil"},
        {"id": 5, "title": "Titre seul", "subtitle": None},
    ]

    platform.imports(*[opinion(type=kind) for kind in kinds])

    sections = Debate.objects.get().sections.values_list("slug", "title")
    assert list(sections) == [
        ("l-accueil", "L'accueil"),
        ("titre-seul", "Titre seul"),
        ("section-1", "Section 1"),
    ]
    placed = Proposal.objects.in_order().values_list("section__slug", flat=True)
    assert list(placed) == ["section-1", "l-accueil", "l-accueil", "titre-seul"]


def test_a_name_with_markup_in_it_is_a_name(platform: Platform) -> None:
    platform.imports(opinion(author=author("Jean <jean> & fils")))

    assert Proposal.objects.get().author.display_name == "Jean <jean> & fils"
