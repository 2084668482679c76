"""What is offered where nothing holds what was typed, and what is not."""

from datetime import timedelta

import pytest

from tests.factories import ProposalFactory, act_on


@pytest.fixture
def say_before(upcoming_debate):
    """Said in a debate that has not begun."""

    def propose(text):
        row = ProposalFactory(
            debate=upcoming_debate,
            title="Titre",
            text=f"<p>{text}</p>",
            submitted_at=upcoming_debate.opens_at,
        )
        act_on(row)
        return row

    return propose


@pytest.fixture
def ask_before(ask, upcoming_debate):
    """Searched just before that debate begins."""

    def search(typed):
        return ask(typed, at=upcoming_debate.opens_at - timedelta(microseconds=1))

    return search


@pytest.mark.parametrize("waiting", ["Le bibliotèque.", "Tout autre chose."])
def test_a_typo_in_a_debate_to_come_is_corrected_all_the_same(
    ask_before, say, say_before, waiting
):
    say("Ouvrir la bibliothèque le soir.")
    say_before(waiting)

    results = ask_before("bibliotèque")

    assert list(results.missing) == ["bibliotèque"]
    assert results.correction == "bibliothèque"


def test_what_a_debate_to_come_holds_is_never_offered(ask_before, say_before):
    say_before("Ouvrir la bibliothèque le soir.")

    assert ask_before("bibliotèque").correction == ""


def test_what_a_debate_to_come_holds_makes_no_word_more_usual(
    ask_before, say, say_before
):
    for _ in range(2):
        say("Une mairie.")
    say("Une prairie.")
    for _ in range(3):
        say_before("Une prairie.")

    assert ask_before("pmairie").correction == "mairie"


def test_texts_of_debates_to_come_do_not_hide_how_a_word_is_written(
    ask_before, say, say_before
):
    for _ in range(12):
        say_before("Les bibliothèques.")
    say("Ouvrir la bibliothèque le soir.")

    assert ask_before("bibliotèque").correction == "bibliothèque"


NEAR_ONE_WORD = {
    "prixx": ("Des lieux privés. Les privés. Le prix.", "prix"),
    "nettre": ("C’est net. Une lettre.", "lettre"),
    "directiv": ("Allez directement. Une directive.", "directive"),
    "monieur": ("La montée. Le monsieur.", "monsieur"),
    "journux": ("Une journée. Les journaux.", "journaux"),
}


@pytest.mark.parametrize(
    ("typed", "texts", "offered"),
    [(typed, *each) for typed, each in NEAR_ONE_WORD.items()],
    ids=NEAR_ONE_WORD,
)
def test_what_is_offered_is_one_slip_away_however_usual_another_word_is(
    ask, say, typed, texts, offered
):
    other, *_, near = texts.removesuffix(".").split(". ")
    for _ in range(3):
        say(f"{other}.")
    say(f"{near}.")

    assert ask(typed).correction == offered


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("nettre", "C’est net."),
        ("directiv", "Allez directement."),
        ("prixx", "Des lieux privés."),
        ("monieur", "La montée."),
    ],
)
def test_nothing_is_offered_where_no_word_is_one_slip_away(ask, say, typed, text):
    say(text)

    assert ask(typed).correction == ""


def test_the_more_usual_of_two_words_that_are_near_is_offered(ask, say):
    for _ in range(2):
        say("Une mairie.")
    say("Une prairie.")

    assert ask("pmairie").correction == "mairie"


def test_the_form_that_is_near_is_offered_and_not_another_of_its_stem(ask, say):
    say("Les cantines.")
    say("La cantine.")

    assert ask("cantihe").correction == "cantine"
    assert ask("cantihes").correction == "cantines"


def test_a_stop_word_is_not_offered(ask, say):
    say("Notre école pour notre ville.")

    assert ask("nottre").correction == ""
