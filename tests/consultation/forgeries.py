"""Requests that no page of ours sends, and what may come of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import NAMESPACE_OID, UUID, uuid5

from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import User
from arguments.forms import SourceFields
from arguments.models import SourceCategory
from consultation.actions import present_debate
from consultation.participation import PARTICIPATIONS
from exchange.counters import recount
from register.enums import Writing
from register.models import Debate, Draft, Ground
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    MembershipFactory,
    ProposalFactory,
    SectionFactory,
    UserFactory,
    act_on,
)
from tests.test_conventions import addresses

FORM = "application/x-www-form-urlencoded"
# Every address but those of Wagtail, which its own tests send anything to.
ROUTES = sorted(
    route
    for route in set(addresses(get_resolver()))
    if not route.startswith(("_util/", "documents/", "((?:"))
)
# What no browser sends in a field, or nobody types.
ODD = {
    "nothing": "",
    "blank": " \t\r\n",
    "NUL": "a\0b",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\x85",
    "surrogate": "a\ud800b",
    "beyond": "\U0010ffff\ufffe\ufeff",
    "combining": "e" + "\u0301" * 3_000,
    "backwards": "\u202e\u2066abc\u200f",
    "negative": "-1",
    "large": str(2**63),
    "huge": "9" * 5_000,
    "infinite": "1e400",
    "wide digits": "１２",
    "JSON": '[{"a": null}]',
    "SQL": "1' OR '1'='1' --",
    "tags": "</textarea><script>alert(1)</script>",
    "template": "{{ settings.SECRET_KEY }} %s %(x)s {0.__class__}",
    "marks": "**" * 2_000 + "[a](javascript:alert(1))" + ">" * 300,
    "link": "javascript://a%0aalert(1)",
    "long": "a" * 60_000,
}


# Fields in which people type what they like.
TYPED = {"title", "text", "note", "link", "themes"}
TYPED |= {"source-0-title", "source-0-link", "source-0-note"}


@dataclass
class World:
    """What is there to be tampered with, and who tries."""

    participant: User
    newcomer: User
    other: User
    debate: Debate
    open: dict[Writing, int]
    # Numbers at which nothing may happen, and of ended debates, which one may report.
    barred: list[int]
    ended: list[int]
    # What belongs to somebody else: a draft, a key that posted, a membership.
    draft: Draft
    posted: UUID
    membership: int
    ground: int

    def valid(self, writing: Writing, seed: object = 0) -> dict[str, Any]:
        """A form that would be accepted where it is open."""
        words = {
            Writing.PROPOSE: {
                "title": "Ouvrir",
                "text": "Le dimanche.",
                "themes": "",
                "source-0-category": SourceCategory.objects.order_by("pk").first().pk,
                "source-0-title": "Un rapport",
                "source-0-link": "https://exemple.fr/",
                "source-0-note": "Page 3.",
            },
            Writing.ARGUE: {"side": "for", "title": "Venir", "text": "Oui."},
            Writing.SOURCE: {
                "category": SourceCategory.objects.order_by("pk").first().pk,
                "title": "Un rapport",
                "link": "https://exemple.fr/",
                "note": "Page 3.",
            },
            Writing.VOTE: {"choice": "agree"},
            Writing.SUPPORT: {"support": "yes"},
            Writing.REPORT: {"ground": self.ground, "text": "Ces mots."},
        }[writing]
        if writing == Writing.PROPOSE:
            words["section"] = self.debate.sections.get().pk
        key = uuid5(NAMESPACE_OID, f"{writing}{seed}")
        return {"key": str(key), "membership": "", **words}

    def keeping(self, writing: Writing) -> str:
        name = f"consultation:keep-{writing}"
        return reverse(name, args=(self.open[writing],))

    def address(self, writing: Writing, number: int | None = None) -> str:
        if writing == Writing.PROPOSE:
            return reverse("consultation:propose", args=(self.debate.slug,))
        where = self.open[writing] if number is None else number
        return reverse(f"consultation:{writing}", args=(where,))


def make_world(participant: User, stranger: User) -> World:
    # `sample` writes `a` where an address takes a name.
    debate = DebateFactory(slug="a", hourly_limit=10_000)
    present_debate(debate=debate)
    SectionFactory(debate=debate)
    ended, upcoming = DebateFactory(ended=True), DebateFactory(upcoming=True)
    SectionFactory(debate=ended)
    for each in (ended, upcoming):
        present_debate(debate=each)
    mine = {"debate": debate, "author": stranger}
    proposal, hidden = ProposalFactory(**mine), ProposalFactory(hidden=True, **mine)
    closed = ProposalFactory(debate=ended, author=stranger)
    barred = [
        hidden,
        ArgumentFactory(hangs_on=hidden, author=stranger),
        ProposalFactory(withdrawn=True, **mine),
        ProposalFactory(waiting=True, **mine),
        closed,
        ArgumentFactory(hangs_on=closed, author=stranger),
        ProposalFactory(debate=upcoming, author=stranger),
    ]
    argument = ArgumentFactory(hangs_on=proposal, author=stranger)
    act_on(proposal, argument, *barred)
    numbers = [each.number for each in barred]
    recount([proposal.number, argument.number, *numbers])
    draft = Draft.objects.create(
        key=UUID(int=7, version=4),
        owner=stranger,
        writing=Writing.ARGUE,
        target=proposal.number,
        fields={"text": "À moi seul."},
        saved_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    posted = UUID(int=8, version=4)
    stranger.submissions.create(
        key=posted, contribution_id=argument.number, submitted_at=argument.submitted_at
    )
    return World(
        participant=participant,
        newcomer=UserFactory(display_name="Nour"),
        other=stranger,
        debate=debate,
        open={
            Writing.PROPOSE: debate.pk,
            Writing.ARGUE: proposal.number,
            Writing.SOURCE: argument.number,
            Writing.VOTE: proposal.number,
            Writing.SUPPORT: argument.number,
            Writing.REPORT: argument.number,
        },
        barred=[*numbers, 10**18 - 1, 0],
        ended=[each.number for each in barred if each.debate == ended],
        draft=draft,
        posted=posted,
        membership=MembershipFactory(user=stranger).pk,
        ground=Ground.objects.get(slug="unlawful").pk,
    )


class Sender:
    """Posts as somebody, or as a visitor, and keeps what the site broke on."""

    def __init__(self, person: User | None = None, **options: Any) -> None:
        self.client = Client(raise_request_exception=False, **options)
        if person:
            self.client.force_login(person)
        self.broken: list[tuple[str, ...]] = []

    def send(self, address: str, body: bytes, kind: str = FORM, name: str = "") -> int:
        answer = self.client.generic("POST", address, body, content_type=kind)
        if answer.status_code >= 500:
            said = repr(answer.exc_info and answer.exc_info[1])[:300]
            self.broken.append((address, name, said))
        return answer.status_code

    def form(self, address: str, fields: dict[str, Any], name: str = "") -> int:
        body = urlencode(fields, doseq=True, errors="surrogatepass")
        return self.send(address, body.encode(), FORM, name)

    def escaped(self, address: str, fields: dict[str, Any], name: str = "") -> int:
        """In a charset in which one can write half of a character."""
        kind = "multipart/form-data; boundary=x; charset=unicode_escape"
        return self.send(address, multipart(fields), kind, name)


def multipart(fields: dict[str, Any]) -> bytes:
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (name.encode(), str(value).encode("unicode_escape"))
        for name, value in fields.items()
    ]
    return b"".join([*parts, b"--x--\r\n"])


# Every field that a form of ours has, and some of allauth's.
NAMES = sorted(
    {name for each in PARTICIPATIONS.values() for name in each.form.base_fields}
    | {f"source-0-{name}" for name in SourceFields.base_fields}
    | {"login", "email", "password", "password1", "code", "display_name", "locale"}
    | {"action", "next", "remember", "accepted", "preview", "session", "oldpassword"}
)


def bodies(world: World) -> Iterator[tuple[str, str, bytes]]:
    """What is no form, or a form that is broken."""
    fields = world.valid(Writing.ARGUE) | {"choice": "agree", "support": "yes"}
    whole = urlencode(fields).encode()
    files = [
        b'--x\r\nContent-Disposition: form-data; name="%s"; filename="\0/../%s"\r\n'
        b"Content-Type: image/svg+xml\r\n\r\n<svg/>\r\n" % (name.encode(), b"a" * 300)
        for name in fields
    ]
    kind = "multipart/form-data; boundary=x"
    yield ("JSON", "application/json", b'{"key": {"a": [1e999]}}')
    yield ("no kind", "", whole)
    yield ("text", "text/plain; charset=utf-7", whole)
    yield ("unknown charset", f"{FORM}; charset=no-such", whole)
    yield ("UTF-16", f"{FORM}; charset=utf-16", whole)
    yield ("no boundary", "multipart/form-data", whole)
    yield ("cut off", kind, multipart(fields)[:-40])
    yield ("files", kind, b"".join([*files, b"--x--\r\n"]))
    yield ("odd escapes", FORM, b"key=%ZZ&text=%&%00=%FF%FE&side[]=for&=;&&&text")
    yield ("twice", FORM, whole + b"&" + whole.replace(b"agree", b"none"))
    yield ("many fields", FORM, b"&".join(b"text=%d" % n for n in range(10_002)))
    yield ("3 MB", FORM, b"text=" + b"a" * 3_000_000)


def turned(shift: int) -> Iterator[str]:
    values = list(ODD.values())
    for place in range(len(NAMES)):
        yield values[(shift + place) % len(values)]
