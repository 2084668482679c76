"""Titles are suggested by the beginnings of their words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from register.enums import Status
from register.models import Contribution
from search.engines import engine, suggestions
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    SourceFactory,
    act_on,
)

pytestmark = pytest.mark.django_db


def suggested(typed, *, size=6):
    return engine().suggest(typed, at=timezone.now(), size=size)


def public(**kwargs):
    row = ProposalFactory(**kwargs)
    act_on(row)
    return row


@pytest.mark.parametrize(
    "typed",
    [
        "éduc",
        "EDUC",
        "Éduc",
        "l'educ",
        "L’Éducation",
        "  éducation à l’éco",
        "ecole educ",
        "e\u0301duc",
        "œuvr",
        "oeuvre",
        "l’éducation œ",
    ],
)
def test_accents_capitals_and_what_is_elided_do_not_count(typed):
    row = public(title="L’Éducation à l’école, une œuvre commune")
    public(title="La cantine")

    assert suggested(typed) == [row.number]


@pytest.mark.parametrize(
    "typed", ["", "é", "l’", "é c", "%", "duc", "educ canti", "\0"]
)
def test_one_letter_the_middle_of_a_word_or_another_word_suggest_nothing(typed):
    public(title="L’Éducation civique")

    assert suggested(typed) == []


def test_the_newest_come_first_and_no_more_than_asked_for():
    rows = [public(title=f"Du vélo, encore du vélo {n}") for n in range(4)]

    newest = [row.number for row in reversed(rows)]
    assert suggested("vel", size=3) == newest[:3]
    assert suggested("du vel") == newest


def test_every_kind_that_has_a_title_is_suggested():
    proposal = ProposalFactory(title="Des pistes cyclables")
    argument = ArgumentFactory(hangs_on=proposal, title="Les pistes coûtent")
    source = SourceFactory(hangs_on=argument, title="Le prix des pistes")
    act_on(proposal, argument, source)

    assert suggested("piste") == [source.number, argument.number, proposal.number]


def test_what_is_hidden_or_not_begun_is_not_suggested():
    row = public(title="Une cantine")
    hidden = public(title="Une cantine cachée", hidden=True)
    below = ArgumentFactory(hangs_on=hidden, title="La cantine du dessous")
    upcoming = DebateFactory(opens_at=timezone.now() + timedelta(days=1))
    prepared = ProposalFactory(debate=upcoming, title="Une cantine demain")
    act_on(below, prepared)

    assert suggested("canti") == [row.number]

    Contribution.objects.filter(pk=row.pk).update(status=Status.WITHDRAWN)
    act_on(row)
    assert suggested("canti") == []


def test_what_stands_in_very_many_titles_is_looked_for_in_the_newest(monkeypatch):
    monkeypatch.setattr(suggestions, "MANY", 2)
    monkeypatch.setattr(suggestions, "NEWEST", 3)
    rows = [public(title=f"Le vélo de ville {n}") for n in range(5)]
    rare = public(title="Le vélo des champs")

    newest = [rare.number, rows[4].number, rows[3].number]
    assert suggested("vel") == newest
    assert suggested("le vel vil") == newest[1:]
    assert suggested("le vel champ") == [rare.number]
