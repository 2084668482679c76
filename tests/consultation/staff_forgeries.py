"""Every form of the site and of its admin, filled in, spoilt, and sent by anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Institution, Invitation, Membership, User, Verification
from moderation.models import Appeal, Decision, Report
from proposals.models import ResponseDraft
from register.enums import Writing
from register.models import Contribution, Debate, Ground
from tests.consultation.forgeries import ODD, ROUTES, Sender
from tests.factories import (
    AppealFactory,
    DecisionFactory,
    InvitationFactory,
    MembershipFactory,
    OfficialResponseFactory,
    ReportFactory,
    ResponseDraftFactory,
)
from tests.test_conventions import OUR_APPS, OUR_MODELS, sample

# Of what an address may name a row by its number, where nothing says of what it does.
NAMED = (
    Appeal,
    Contribution,
    Debate,
    Decision,
    Ground,
    Institution,
    Invitation,
    Membership,
    Report,
    ResponseDraft,
    User,
    Verification,
)
ROOMS = {config.label for config in OUR_APPS}
# Fields that no form at that address may have.
FORGED = ("status", "closes_at", "closed_at", "text", "author", "drop", "create", "pk")


@dataclass(frozen=True)
class Place:
    """A route, and the keys that can stand in it."""

    route: str
    keys: tuple[int, ...]

    def addresses(self) -> list[str]:
        return sorted({sample(self.route, key) for key in self.keys})


def fill_the_desk(world: Any) -> None:
    """One of everything that staff, authors and institutions act upon."""
    proposal = Contribution.objects.get(pk=world.barred[0])
    decision = DecisionFactory(contribution=proposal)
    AppealFactory(decision=decision)
    argued = apps.get_model("arguments.Argument").objects.get(
        pk=world.open[Writing.SUPPORT]
    )
    ReportFactory(contribution=argued, reporter=world.other)
    answered = apps.get_model("proposals.Proposal").objects.get(pk=argued.hangs_on_id)
    institution = MembershipFactory(user=world.other).institution
    ResponseDraftFactory(proposal=answered, institution=institution)
    OfficialResponseFactory(hangs_on=answered)
    InvitationFactory(institution=institution)


def places() -> list[Place]:
    """Every route of ours outside and inside the admin; a new one comes by itself.

    Of an unknown sort of argument `sample` says that ARGUMENTS lacks it.
    """
    every = tuple(sorted({key for model in NAMED for key in keys_of(model)}))
    outside = [Place(route, every) for route in ROUTES]
    inside = [
        Place(settings.ADMIN_PATH + route, keys_of(model) if model else every)
        for route, model in admin_routes()
    ]
    return outside + inside


def keys_of(model: Any) -> tuple[int, ...]:
    """The first and the last; where there is none, one that is nobody's."""
    keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
    ends = {keys.first(), keys.last()} - {None}
    return tuple(sorted(each for each in ends if isinstance(each, int))) or (1,)


def admin_routes() -> Iterator[tuple[str, Any]]:
    """Those that our rooms registered, each with the model that it is about, if any."""
    [admin] = [
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and str(each.pattern) == settings.ADMIN_PATH
    ]
    for route, pattern in _patterns(admin):
        view = getattr(pattern.callback, "view_class", None) or pattern.callback
        view = getattr(pattern.callback, "cls", None) or view
        model = getattr(pattern.callback, "view_initkwargs", {}).get("model")
        if model in OUR_MODELS or view.__module__.partition(".")[0] in ROOMS:
            yield route, model


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from _patterns(pattern, route)


def forms_at(sender: Sender, address: str) -> list[tuple[str, dict[str, str]]]:
    """The forms that a page shows to this person, filled in as they may be."""
    answer = sender.client.get(address)
    if answer.status_code >= 500:
        sender.broken.append((address, "read", ""))
    is_page = answer.get("Content-Type", "").startswith("text/html")
    if answer.status_code != 200 or not is_page:
        return []
    document = BeautifulSoup(answer.content, "html.parser")
    return [
        (_sent_to(form, address), dict(_filled(form)))
        for form in document.select('form[method="post" i]')
    ]


def _sent_to(form: Tag, address: str) -> str:
    action = form.get("action") or address
    return action if action.startswith("/") else address


def _filled(form: Tag) -> Iterator[tuple[str, str]]:
    for field in form.find_all(["input", "textarea", "select", "button"]):
        name, kind = field.get("name"), field.get("type")
        if not name or name == "csrfmiddlewaretoken" or kind == "file":
            continue
        # A document of Wagtail's editor, which breaks on odd ones by itself.
        if field.has_attr("data-draftail-input"):
            continue
        if field.name == "select":
            options = [each.get("value", "") for each in field.find_all("option")]
            yield name, next(reversed(options), "")
        elif field.name == "textarea":
            yield name, field.get_text().strip() or "Une phrase assez longue."
        elif kind in {"checkbox", "radio"} or field.name == "button":
            yield name, field.get("value", "on")
        else:
            yield name, field.get("value") or "Ouvrir"


def spoilt(fields: dict[str, str], shift: int) -> Iterator[tuple[str, dict[str, str]]]:
    """The form as it stands, without anything, and with each field odd in turn."""
    yield "as shown", fields
    yield "nothing", {}
    odd = cycle(ODD.items())
    for _ in range(shift % len(ODD)):
        next(odd)
    for field, (name, value) in zip(fields, odd, strict=False):
        yield f"{field}: {name}", fields | {field: value}


def besiege(sender: Sender, person: User) -> int:
    """Send everything everywhere as this person; how many forms they were shown."""
    shown = 0
    for shift, place in enumerate(places()):
        for address in place.addresses():
            forms = forms_at(sender, address)
            shown += len(forms)
            for target, fields in forms:
                for name, sent in spoilt(fields, shift):
                    sender.form(target, sent, name)
            odd = dict(zip(FORGED, list(ODD.values())[shift % 9 :], strict=False))
            sender.form(address, odd, "forged")
            # Some of these addresses log one out.
            sender.client.force_login(person)
    return shown
