"""Load the demonstration, and keep its open debate open."""

import random
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.actions import vouch_for_address
from accounts.enums import StaffGroup
from accounts.models import Institution, Mail, Membership, User
from arguments.models import ArgumentSupport
from consultation.actions import add_debate_page
from consultation.demo.aftermath import add_what_followed
from consultation.demo.content import (
    KEY,
    Said,
    contribution_value,
    debate_line,
    everything_said,
    institution_line,
    load,
)
from consultation.models import ConsultationPage, HomePage, InformationPage
from exchange.actions import Entry, import_record
from exchange.counters import recount
from exchange.frame import create_debate
from exchange.lines import DebateLine, InstitutionLine, line_from_value
from exchange.report import Report
from journal.actions import record
from journal.clock import database_now
from journal.enums import Act
from moderation.models import Announcement
from proposals.enums import VoteChoice
from proposals.models import Vote
from register.actions import carry_what_was_prepared
from register.models import Contribution, Debate
from register.numbers import reserve_numbers
from register.text import clean_text

PASSWORD = "demonstration"  # noqa: S105 - printed for whoever tries the platform
# The roles that work in the admin.
GROUPS = {"organiser": StaffGroup.ORGANISERS, "moderator": StaffGroup.MODERATORS}
DEBATES = ("bibliotheque", "places", "eau")
# What a gap begins with in the pages that a public body has to complete.
GAPS = ("[À compléter", "[To be completed")


class Refused(RuntimeError):
    """A line of the demonstration is wrong: a mistake of ours. Nothing was written."""


@transaction.atomic
def seed_demo() -> bool:
    """Load the demonstration, or bring its dates up to today.

    Returns whether it was loaded now. Raises Refused.
    """
    contents = {name: load(name) for name in DEBATES}
    lines = {name: debate_line(name, contents[name]) for name in DEBATES}
    _complete_information()
    if Debate.objects.filter(slug=lines["places"].slug).exists():
        _bring_up_to_date([lines["places"], lines["eau"]])
        return False
    cast = load("cast")
    _add_accounts(cast)
    _add_pages(cast["consultation"], contents, lines)
    said = [s for name in DEBATES for s in everything_said(lines[name], contents[name])]
    said.sort(key=lambda each: each.submitted_at)
    _import(cast, list(lines.values()), said)
    _speak_for_institutions(said)
    _vote(said)
    add_what_followed(_named(cast))
    _write_to_nobody(cast)
    return True


def demo_accounts() -> list[dict[str, Any]]:
    """The named accounts: name, email, role. All have the same password."""
    accounts: list[dict[str, Any]] = load("cast")["account"]
    return accounts


def _write_to_nobody(cast: dict[str, Any]) -> None:
    """Mails would run past the accounts and addresses that `make start` prints."""
    addresses = [each["email"] for each in cast["account"]]
    Mail.objects.filter(recipients__in=addresses).delete()
    slugs = [load(name)["slug"] for name in DEBATES]
    untold = Announcement.objects.filter(debate__slug__in=slugs, finished_at=None)
    untold.update(finished_at=database_now())


def _named(cast: dict[str, Any]) -> dict[str, User]:
    keys = {KEY.format(each["key"]): each["key"] for each in cast["account"]}
    people = User.objects.filter(public_key__in=keys)
    return {keys[person.public_key]: person for person in people}


def _bring_up_to_date(lines: list[DebateLine]) -> None:
    """Move the end of the open debate, and the whole period of the upcoming one."""
    now = database_now()
    for line in lines:
        debate = Debate.objects.filter(slug=line.slug).first()
        if debate is None:  # somebody tried the admin
            continue
        begun = debate.opens_at <= now and debate.contributions.exists()
        period = {
            "opens_at": debate.opens_at if begun else line.opens_at,
            "closes_at": line.closes_at,
        }
        if period != {"opens_at": debate.opens_at, "closes_at": debate.closes_at}:
            Debate.objects.filter(pk=debate.pk).update(**period)
            numbers = [] if begun else carry_what_was_prepared(debate, line.opens_at)
            facts = {name: instant.isoformat() for name, instant in period.items()}
            facts["debate"] = debate.slug
            record(act=Act.PERIOD_MOVED, numbers=numbers, facts=facts)


def _add_accounts(cast: dict[str, Any]) -> None:
    for account in cast["account"]:
        group = GROUPS.get(account["role"])
        user = User.objects.create_user(
            account["email"],
            PASSWORD,
            display_name=account["name"],
            public_key=KEY.format(account["key"]),
            is_staff=group is not None,
        )
        vouch_for_address(user=user)
        if group:
            user.groups.add(Group.objects.get(name=group))


def _add_pages(
    content: dict[str, Any], contents: dict[str, Any], lines: dict[str, DebateLine]
) -> None:
    home = HomePage.objects.get(locale__language_code="fr")
    home.title = home.draft_title = content["home_title"]
    home.introduction = content["home_introduction"].strip()
    home.save()
    page: ConsultationPage = home.add_child(
        instance=ConsultationPage(
            title=content["title"],
            slug=content["slug"],
            introduction=content["introduction"].strip(),
            legal_basis=f"<p>{content['legal_basis']}</p>",
            contact=f"<p>{content['contact']}</p>",
        )
    )
    for name, line in lines.items():
        add_debate_page(
            consultation=page,
            debate=create_debate(line, act=Act.DEBATE_CREATED),
            introduction=contents[name]["introduction"].strip(),
        )


def _complete_information() -> None:
    """Say what an invented town would, where nobody has written anything else."""
    texts = load("information")
    for page in InformationPage.objects.select_related("locale"):
        text = texts[page.locale.language_code].get(page.slug)
        if text and any(gap in page.body for gap in GAPS):
            page.body = text["body"].strip()
            page.save()


def _import(cast: dict[str, Any], debates: list[DebateLine], said: list[Said]) -> None:
    for each, number in zip(said, reserve_numbers(len(said)), strict=True):
        each.number = number
    names = {each["key"]: each["name"] for each in cast["account"] + cast["person"]}
    institutions = {
        each["slug"]: institution_line(each) for each in cast["institution"]
    }
    report = import_record(
        entries=_entries(debates, institutions, said, names), report=Report()
    )
    if report.refused:
        raise Refused(report.refused)
    _add_memberships(cast)


def _entries(
    debates: list[DebateLine],
    institutions: dict[str, InstitutionLine],
    said: list[Said],
    names: dict[str, str],
) -> Iterator[Entry]:
    for debate in debates:
        yield Entry(debate.slug, debate)
    for institution in institutions.values():
        yield Entry(institution.slug, institution)
    for each in said:
        value = contribution_value(each, names, institutions)
        yield Entry(f"#{each.number}", line_from_value(value))


def _add_memberships(cast: dict[str, Any]) -> None:
    """The representative speaks for the first institution, in each of its services."""
    account = next(a for a in cast["account"] if a["role"] == "representative")
    user = User.objects.get(public_key=KEY.format(account["key"]))
    first = cast["institution"][0]
    institution = Institution.objects.get(slug=first["slug"])
    Membership.objects.bulk_create(
        Membership(user=user, institution=institution, service=clean_text(service))
        for service in first["services"]
    )


def _speak_for_institutions(said: list[Said]) -> None:
    """Keep, for administrators alone, who typed for an institution."""
    speakers = {
        each.number: KEY.format(each.content["author"])
        for each in said
        if "institution" in each.content
    }
    users = dict(
        User.objects.filter(public_key__in=speakers.values()).values_list(
            "public_key", "pk"
        )
    )
    for number, key in speakers.items():
        Contribution.objects.filter(pk=number).update(author=users.get(key))


def _vote(said: list[Said]) -> None:
    """Votes and supports by the persons of the cast, drawn the same at each load."""
    draw = random.Random(2040)  # noqa: S311 - a draw for show
    voters = list(
        User.objects.filter(public_key__startswith=KEY.format("")).order_by("pk")
    )
    votes = [vote for each in said for vote in _votes(each, draw, voters)]
    supports = [each for said_ in said for each in _supports(said_, draw, voters)]
    Vote.objects.bulk_create(votes, batch_size=500)
    ArgumentSupport.objects.bulk_create(supports, batch_size=500)
    recount([each.number for each in said])


def _votes(said: Said, draw: random.Random, voters: list[User]) -> Iterator[Vote]:
    choices = [c for c in VoteChoice for _ in range(said.content.get(c.value, 0))]
    for voter, choice in zip(draw.sample(voters, len(choices)), choices, strict=True):
        yield Vote(
            proposal_id=said.number,
            voter=voter,
            choice=choice,
            cast_at=said.submitted_at,
        )


def _supports(
    said: Said, draw: random.Random, voters: list[User]
) -> Iterator[ArgumentSupport]:
    for supporter in draw.sample(voters, said.content.get("supports", 0)):
        yield ArgumentSupport(
            argument_id=said.number, supporter=supporter, given_at=said.submitted_at
        )
