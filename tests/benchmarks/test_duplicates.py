"""The arithmetic of suggested duplicates, and the set of judgements it is held to."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.duplicates import (
    ARGUMENT,
    DUPLICATES,
    JUDGEMENTS,
    PROPOSAL,
    Text,
    measure,
    read_judgements,
    table,
)

FIRST_LINE = "half\tkind\tlater\tearlier\tlabel"


def proposal(origin, *, half="tuning", **labels):
    by_label = {f"opinion/{key[1:]}": label for key, label in labels.items()}
    return Text(half, PROPOSAL, f"opinion/{origin}", by_label)


def alone(origin, **labels):
    text = proposal(origin, **labels)
    text.is_alone = True
    return text


def suggest(**answers):
    said = {
        f"opinion/{key[1:]}": [f"opinion/{each}" for each in answer]
        for key, answer in answers.items()
    }
    return said.__getitem__


def score(texts, suggestions):
    [found] = measure(texts, suggestions).values()
    return found


def test_precision_is_over_what_was_shown_and_recall_over_what_was_known():
    texts = [
        proposal(10, o1="same", o2="near", o3="different"),
        proposal(11, o4="same", o5="copy", o6="near"),
    ]

    found = score(texts, suggest(o10=[2, 1, 3], o11=[6]))

    assert (found.shown, found.good, found.findable) == (4, 1, 3)
    assert found.precision == pytest.approx(1 / 4)
    assert found.recall == pytest.approx(1 / 3)
    assert (found.helped, found.texts) == (1, 2)


def test_only_the_first_three_suggestions_count():
    text = proposal(10, o1="near", o2="near", o3="near", o4="same")

    found = score([text], suggest(o10=[1, 2, 3, 4]))

    assert (found.shown, found.good) == (3, 0)


def test_nobody_is_asked_to_find_more_duplicates_than_there_is_room_for():
    text = proposal(10, o1="same", o2="same", o3="same", o4="same", o5="copy")

    found = score([text], suggest(o10=[5, 4, 3]))

    assert (found.good, found.findable, found.recall) == (3, 3, 1.0)


def test_a_suggestion_that_nobody_read_is_neither_right_nor_wrong():
    text = proposal(10, o1="same", o2="near")

    found = score([text], suggest(o10=[9, 1, 2]))

    assert found.unlabelled == 1
    assert found.precision == pytest.approx(1 / 2)


def test_a_text_without_duplicate_weighs_only_on_the_false_alarms():
    texts = [alone(10), alone(11, o2="near"), proposal(12, o1="same")]

    found = score(texts, suggest(o10=[], o11=[2], o12=[1]))

    assert (found.bothered, found.alone) == (1, 2)
    assert (found.precision, found.recall, found.shown) == (1.0, 1.0, 1)


def test_who_suggests_nothing_is_never_right_and_bothers_nobody():
    texts = [alone(10), proposal(11, o1="same")]

    found = score(texts, suggest(o10=[], o11=[]))

    assert (found.precision, found.recall, found.bothered) == (0.0, 0.0, 0)


def test_each_half_and_kind_has_a_line_of_its_own():
    argument = Text("tuning", ARGUMENT, "argument/10", {"argument/1": "same"})
    texts = [proposal(11, half="held", o1="same", o2="copy"), argument]
    answers = {"opinion/11": ["opinion/1"], "argument/10": ["argument/2"]}

    lines = list(table(measure(texts, answers.__getitem__)))[2:]

    assert lines == [
        "| tuning | arguments | 0.00 (0) | 0.00 (of 1) | 0 of 1 | 1 | 1 | 0 of 0 |",
        "| held | proposals | 1.00 (1) | 0.50 (of 2) | 1 of 1 | 1 | 0 | 0 of 0 |",
    ]


def test_what_is_judged_is_read_line_by_line(tmp_path: Path):
    file = tmp_path / "duplicates.tsv"
    lines = (
        FIRST_LINE,
        "held\tproposal\topinion/9\topinion/2\tsame",
        "held\tproposal\topinion/9\topinion/3\tnear",
        "tuning\targument\targument/8\t-\tnone",
        "tuning\targument\targument/8\targument/5\tnear",
    )
    file.write_text("\n".join(lines))

    proposal, argument = read_judgements(file)

    assert (proposal.half, proposal.kind) == ("held", PROPOSAL)
    assert (proposal.duplicates, proposal.is_alone) == ({"opinion/2"}, False)
    assert (argument.half, argument.duplicates) == ("tuning", set())
    assert argument.is_alone


def test_a_text_is_judged_whole_in_one_half_and_has_duplicates_or_none():
    lines = [line.split("\t") for line in judged_lines()]
    halves = {(later, half) for half, _, later, _, _ in lines}

    assert len(halves) == len({later for later, _ in halves})
    assert all(bool(each.duplicates) != each.is_alone for each in read_judgements())


def test_nothing_is_judged_twice_nor_against_itself():
    pairs = [tuple(line.split("\t")[2:4]) for line in judged_lines()]

    assert len(pairs) == len(set(pairs))
    assert all(later != earlier for later, earlier in pairs)


@pytest.mark.parametrize(("kind", "least"), [(PROPOSAL, 10), (ARGUMENT, 15)])
@pytest.mark.parametrize("half", ["tuning", "held"])
def test_each_half_has_enough_duplicates_in_other_words(half, kind, least):
    texts = [t for t in read_judgements() if (t.half, t.kind) == (half, kind)]
    labels = Counter(label for text in texts for label in text.labels.values())

    assert labels["same"] >= least
    assert labels["near"] >= least
    assert sum(text.is_alone for text in texts) >= 10


def test_few_duplicates_are_word_for_word():
    labels = [label for text in read_judgements() for label in text.labels.values()]

    assert DUPLICATES < set(labels) == {"same", "copy", "near", "different"}
    assert labels.count("copy") <= 8


def judged_lines():
    first, *lines = JUDGEMENTS.read_text().splitlines()
    assert first == FIRST_LINE
    return lines
