"""Several proposals are typed as one text, or pasted as a table."""

import pytest

from proposals.typed import Typed, read_typed


def read(text):
    reading = read_typed(text)
    assert reading.problems == []
    return reading.proposals


def test_a_title_begins_a_proposal_and_what_it_has_stands_before_its_text():
    text = (
        "# Ouvrir le dimanche\r\n"
        "Partie : Culture\r\n"
        "\r\n"
        "Thèmes\u202f: livres, familles\r\n"
        "\r\n"
        "Beaucoup travaillent.\r\n"
        "Section : ceci est du texte\r\n"
        "\r\n"
        "## Pourquoi\r\n"
        "# Planter\r\n"
        "#2 est proche\r\n"
    )

    assert read(text) == [
        Typed(
            line=1,
            title="Ouvrir le dimanche",
            section="Culture",
            themes="livres, familles",
            text="Beaucoup travaillent.\nSection : ceci est du texte\n\n## Pourquoi",
        ),
        Typed(line=10, title="Planter", text="#2 est proche\n"),
    ]


def test_lines_end_where_people_end_them_and_nowhere_else():
    (proposal,) = read("# Un\u2028titre\nUne\x85ligne\u2028et\x0cla suite")

    assert proposal.title == "Un\u2028titre"
    assert proposal.text == "Une\x85ligne\u2028et\x0cla suite"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_has_commas_semicolons_or_tabs_between_its_cells(delimiter):
    rows = [
        ["titre", "section", "texte", "themes"],
        ["Ouvrir", "Culture", '"Une ligne\n\net une autre ; oui, une"', "livres"],
        ["", "", "", ""],
        ["Planter", "", '"Des ""arbres"""', '"eau, air"'],
    ]

    proposals = read("\n".join(map(delimiter.join, rows)))

    assert proposals == [
        Typed(2, "Ouvrir", "Culture", "livres", "Une ligne\n\net une autre ; oui, une"),
        Typed(6, "Planter", "", "eau, air", 'Des "arbres"'),
    ]


def test_columns_stand_in_any_order_under_french_or_english_names():
    (proposal,) = read('"Text";"TITLE";"Thèmes"\nDes arbres;Planter;eau')

    assert proposal == Typed(2, "Planter", "", "eau", "Des arbres")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n\nBonjour\n# Planter\nDes arbres", 3),
        ("titre;texte\nPlanter;Des arbres;de trop", 2),
        ("titre;texte\n\nPlanter", 3),
        ('titre;texte\nPlanter;Des arbres\nOuvrir;"sans fin', 3),
        ("titre;themes\nPlanter;eau", 1),
        ("titre;texte;prix\nPlanter;Des arbres;12", 1),
        ("titre;texte;title\nPlanter;Des arbres;Semer", 1),
        ('titre;texte;"themes\nPlanter;Des arbres;eau', 1),
    ],
)
def test_what_is_no_proposal_is_named_by_its_line(text, line):
    assert {found.line for found in read_typed(text).problems} == {line}


def test_no_text_is_no_proposal_and_no_mistake():
    assert read(" \n\n") == []
