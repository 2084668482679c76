"""What says nearly the same, on either database."""

import pytest

from arguments.enums import Side
from journal.clock import database_now
from register.models import Ground
from search import likeness
from search.likeness import like_row, nearest, nearest_first
from search.models import Posting
from search.query import Like
from tests.factories import ArgumentFactory, DebateFactory, ProposalFactory, act_on

pytestmark = pytest.mark.django_db

LIBRARY = "Ouvrir la bibliothèque municipale le dimanche matin toute l’année"
CYCLING = "Tracer des pistes cyclables protégées le long des grands boulevards"


def typed(text, **fields):
    return Like(**{"title": text, "text": "", "language": "fr"} | fields)


def numbers(found):
    return [near.number for near in found]


def published(factory=ProposalFactory, **fields):
    row = factory(**fields)
    act_on(row)
    return row


@pytest.fixture(autouse=True)
def _others():
    """Words are rare among others only."""
    for title in ("Planter des tilleuls", "Baisser le prix du bus", "Éteindre la nuit"):
        published(title=title, text=f"<p>{title}.</p>")


def test_what_asks_the_same_is_close_and_another_subject_is_not():
    same = published(title=LIBRARY, text="<p>Les familles viendraient.</p>")
    published(title=CYCLING, text="<p>Les enfants iraient à vélo.</p>")

    found = nearest(
        typed("La bibliothèque municipale ouverte le dimanche", kind="proposal"),
        at=database_now(),
    )

    assert numbers(found) == [same.pk]


def test_a_long_text_that_says_it_in_passing_is_less_close_than_a_short_one():
    words = "Cantine, école, voirie, trottoirs, éclairage, piscine, marché, budget. "
    long = published(title=CYCLING, text=f"<p>{words * 9}{LIBRARY}.</p>")
    short = published(title=LIBRARY, text="<p>Les familles viendraient.</p>")

    found = nearest(typed(LIBRARY, kind="proposal"), at=database_now())

    assert numbers(found)[0] == short.pk
    assert numbers(found)[1:] in ([], [long.pk])


def test_a_text_is_never_suggested_to_itself():
    row, twin = (published(title=LIBRARY, text="<p>Venir.</p>") for _ in range(2))

    found = nearest(like_row(row), at=database_now())

    assert numbers(found) == [twin.pk]
    assert found[0].closeness > 0.9


@pytest.mark.parametrize("trait", ["hidden", "waiting", "withdrawn"])
def test_what_nobody_can_read_is_never_suggested(trait):
    published(title=LIBRARY, text="<p>Venir.</p>", **{trait: True})

    assert nearest(typed(LIBRARY, kind="proposal"), at=database_now()) == []


def test_what_is_hidden_later_is_suggested_no_longer_nor_what_hangs_on_it():
    row = published(title=LIBRARY, text="<p>Venir.</p>")
    argument = published(ArgumentFactory, hangs_on=row, text=CYCLING)
    about = typed(CYCLING, kind="argument", under=row.pk)
    before = nearest(about, at=database_now())
    row.status, row.ground = "hidden", Ground.objects.get(slug="insults")
    row.save()
    act_on(row)

    assert numbers(before) == [argument.pk]
    assert nearest(typed(LIBRARY, kind="proposal"), at=database_now()) == []
    assert nearest(about, at=database_now()) == []


def test_a_debate_that_has_not_begun_suggests_nothing():
    published(title=LIBRARY, debate=DebateFactory(upcoming=True))

    assert nearest(typed(LIBRARY, kind="proposal"), at=database_now()) == []


def test_what_is_in_the_same_debate_comes_first():
    elsewhere = published(title=LIBRARY, text="<p>Venir.</p>")
    here = published(title=LIBRARY, text="<p>Venir en famille, avec les enfants.</p>")

    found = nearest_first(
        typed(f"{LIBRARY}. Venir.", kind="proposal"),
        at=database_now(),
        debate=here.debate_id,
        side="",
    )

    assert numbers(found) == [here.pk, elsewhere.pk]
    assert found[0].closeness < found[1].closeness


def test_arguments_are_compared_under_one_proposal_and_the_same_side_comes_first():
    proposal = published(title=LIBRARY)
    reason = "Les familles qui travaillent viendraient enfin à la bibliothèque"
    against = published(
        ArgumentFactory, hangs_on=proposal, text=reason, side=Side.AGAINST
    )
    mine = published(ArgumentFactory, hangs_on=proposal, text=f"{reason} le dimanche")
    published(ArgumentFactory, hangs_on=published(title=CYCLING), text=reason)

    found = nearest_first(
        Like(title="", text=reason, language="fr", kind="argument", under=proposal.pk),
        at=database_now(),
        debate=proposal.debate_id,
        side=Side.FOR,
    )

    assert numbers(found) == [mine.pk, against.pk]


def test_what_has_no_word_is_like_nothing():
    published(title=LIBRARY)

    assert nearest(typed("… ! ?", kind="proposal"), at=database_now()) == []


def test_what_is_hidden_while_it_is_compared_is_left_out(db):
    kept = ProposalFactory(title="Des bancs sur la place", text="<p>Des bancs.</p>")
    hidden = ProposalFactory(title="Des bancs sur les places", text="<p>Des bancs.</p>")
    act_on(kept, hidden)
    like = Like(title="Des bancs", text="La place.", language="fr", kind="proposal")
    Posting.objects.filter(number=hidden.pk).delete()

    cosines = likeness._cosines(like, [kept.pk, hidden.pk])

    assert cosines.keys() == {kept.pk}
