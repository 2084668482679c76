"""Invented debates: a list of any length, and a crowd of arguments."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from arguments.enums import Side
from arguments.models import Argument
from benchmarks.imports import TEXT
from benchmarks.pages import SLUG
from consultation.actions import present_debate
from exchange.counters import recount
from journal.actions import record
from journal.clock import database_now
from journal.enums import Act
from proposals.models import Proposal
from register.models import Debate, Section
from register.numbers import reserve_numbers

AUTHORS = 500
BATCH = 2_000
SECTIONS = 9
EVERY = timedelta(seconds=30)


def invent_debate() -> Debate:
    now = database_now()
    debate = Debate.objects.create(
        slug=SLUG,
        title="Que faire des cantines ?",
        question="Que pensez-vous de cette proposition ?",
        opens_at=now - timedelta(days=60),
        closes_at=now + timedelta(days=30),
    )
    Section.objects.bulk_create(
        Section(debate=debate, slug=f"titre-{n}", title=f"Titre {n}", position=n)
        for n in range(1, SECTIONS + 1)
    )
    unusable = make_password(None)
    User.objects.bulk_create(
        User(display_name=f"Personne {n}", password=unusable) for n in range(AUTHORS)
    )
    present_debate(debate=debate)
    return debate


def grow_list(count: int) -> None:
    """Bring the debate to so many proposals.

    Their counters are invented with them: nothing hangs on them, and orders need them.
    """
    debate = Debate.objects.filter(slug=SLUG).first() or invent_debate()
    sections = list(debate.sections.values_list("pk", flat=True))
    authors = authors_at_hand()
    while (missing := count - debate.contributions.count()) > 0:
        with transaction.atomic():
            numbers = reserve_numbers(min(BATCH, missing))
            Proposal.objects.bulk_insert(
                [
                    Proposal(
                        **signed(debate, number, authors),
                        section_id=sections[number % SECTIONS],
                        title=f"Ouvrir la cantine n° {number}",
                        text=f"<p>{TEXT}</p>",
                        for_count=number * 31 % 83,
                        against_count=number * 37 % 79,
                        agree_count=number * 41 % 997,
                        disagree_count=number * 43 % 499,
                    )
                    for number in numbers
                ]
            )
            journal(debate, numbers)


def gather_crowd(count: int) -> None:
    """One proposal, and so many arguments under it."""
    grow_list(1)
    proposal = Proposal.objects.get()
    authors = authors_at_hand()
    sides = list(Side)
    with transaction.atomic():
        numbers = reserve_numbers(count)
        Argument.objects.bulk_insert(
            [
                Argument(
                    **signed(proposal.debate, number, authors),
                    section_id=proposal.section_id,
                    hangs_on_id=proposal.number,
                    side=sides[number % len(sides)],
                    text=f"{number}. {TEXT}",
                    support_count=number * 47 % 13,
                )
                for number in numbers
            ]
        )
        recount({proposal.number})
        journal(proposal.debate, numbers)


def authors_at_hand() -> list[int]:
    return list(User.objects.order_by("pk").values_list("pk", flat=True)[:AUTHORS])


def signed(debate: Debate, number: int, authors: list[int]) -> dict[str, object]:
    at = debate.opens_at + number * EVERY
    return {
        "number": number,
        "debate_id": debate.pk,
        "author_id": authors[number % len(authors)],
        "submitted_at": at,
        "status_at": at,
    }


def journal(debate: Debate, numbers: list[int]) -> None:
    """Whoever follows the journal derives its own figures, as after an import."""
    facts = {"debate": debate.slug}
    record(act=Act.CONTRIBUTIONS_IMPORTED, numbers=numbers, facts=facts)
