"""Taking part: each act is a plain page with a form, and works without a script.

One address, two renderings: that page, or its form alone for the script that opens it
where one reads (docs/decisions/0017-inline-forms.md).
"""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from arguments.forms import ProposalWithSourcesForm
from consultation.addresses import address_of, query_of
from consultation.drafts import (
    KEPT,
    draft_of,
    forget_draft,
    keep_address,
    keep_draft,
    keep_until_logged_in,
    key_of,
)
from consultation.nearby import has_time_to_look
from consultation.participation import (
    PARTICIPATIONS,
    Participation,
    debate_of,
    posted_number,
)
from consultation.presentation import page_of
from consultation.reader import reader_of
from consultation.refusals import REFUSALS, TOO_OLD, refusal_of
from consultation.views import responses
from consultation.views.decisions import give_appeal_back
from consultation.views.nearby import found_before, while_address
from consultation.views.notices import give_notice_back
from journal.clock import database_now
from register.actions import (
    AlreadyPosted,
    withdraw_contribution,
)
from register.enums import Status, Writing
from register.forms import KeyedForm
from register.models import Contribution, Debate, Draft

# A link says neither which form this is nor that a program filled it in.
NOT_FROM_ADDRESSES = frozenset({"key", "website"})
PREVIEW = "preview"
ONE_MORE_SOURCE = "one_more_source"
# Sent by a form whose author was shown what others said already.
TOLD = "told"
# What else is typed at length on a public page, and given back there.
GIVEN_BACK = {
    "notice": give_notice_back,
    "appeal": give_appeal_back,
    "respond": responses.give_back,
}
# The header by which our script asks for the form alone, where one reads.
ALONE = "X-Form-Alone"


def propose(request: HttpRequest, slug: str) -> HttpResponse:
    debate = get_object_or_404(Debate, slug=slug)
    return take_part(request, str(debate.pk), Writing.PROPOSE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: HttpRequest, number: str, writing: str) -> HttpResponse:
    """The page of an act on what bears this number; a visitor may fill it in too."""
    participation = PARTICIPATIONS[Writing(writing)]
    author = reader_of(request)
    if author and request.method == "POST":
        target = participation.named(int(number))
        form = participation.form(request.POST, author=author, target=target)
        return _received(request, participation, form)
    target = participation.find(int(number), database_now())
    if request.method == "POST":
        form = participation.form(request.POST, author=None, target=target)
        return _received(request, participation, form)
    if target is None:
        raise Http404
    key = key_of(request.GET, "draft")
    posted = author and key and posted_number(participation, key, author, target)
    if posted:
        return redirect(_place_of(posted))
    return _page(request, participation, _offered(request, participation, target))


def _offered(
    request: HttpRequest, participation: Participation, target: Any
) -> KeyedForm:
    """A form with what this person typed in it before, or what the address says."""
    author = reader_of(request)
    initial: dict[str, Any] = {
        name: request.GET[name]
        for name in participation.form.base_fields
        if name in request.GET and name not in NOT_FROM_ADDRESSES
    }
    if author:
        initial = participation.held(author, target) | initial
        draft = draft_of(
            request.GET, author, writing=participation.writing, target=target
        )
        if draft:
            initial |= draft.fields | {"key": draft.key}
            initial["text"] = _with_reply(draft, request.GET.get("text", ""))
    form: KeyedForm = participation.form(initial=initial, author=author, target=target)
    return form


def _with_reply(draft: Draft, added: str) -> str:
    """The number of what one answers to, after the words one had begun with."""
    begun = str(draft.fields.get("text", ""))
    if not begun or set(added.split()) <= set(begun.split()):
        return begun or added
    return f"{begun}\n\n{added}"


def _received(
    request: HttpRequest, participation: Participation, form: KeyedForm
) -> HttpResponse:
    """Nothing typed is lost: what is not posted comes back in the page's form."""
    if form.target is None:
        return _page(request, participation, form, status=404)
    if ONE_MORE_SOURCE in request.POST and isinstance(form, ProposalWithSourcesForm):
        return _page(request, participation, form.with_one_more())
    if not form.is_valid():
        return _page(request, participation, form, status=422)
    is_asked = TOLD not in request.POST
    found = (
        found_before(form, participation.writing)
        if is_asked or PREVIEW in request.POST
        else []
    )
    if PREVIEW in request.POST:
        return _page(request, participation, form, shown=form, found=found)
    if found and _may_be_asked(participation, form):
        if form.author:  # who takes it for posted and leaves finds it again
            _keep(form, participation.writing)
        return _page(request, participation, form, found=found, is_asked=True)
    if form.author is None:
        key = keep_until_logged_in(request, form, participation.writing)
        told = {} if is_asked else {TOLD: "1"}
        here = request.path + query_of({"draft": key, **told})
        login = f"{reverse('account_login')}?{urlencode({'next': here})}"
        return _led_to(request, login, status=302)
    return _acted(request, participation, form)


def _may_be_asked(participation: Participation, form: KeyedForm) -> bool:
    """Whether there is time to look, and what is sent again will be received."""
    refused = participation.refused(form.author, form.target)
    return refused is None and has_time_to_look(form.target, database_now())


def _acted(
    request: HttpRequest, participation: Participation, form: KeyedForm
) -> HttpResponse:
    try:
        done = participation.act(form, get_language())
    except (*REFUSALS, DatabaseError) as error:
        status, sentence = refusal_of(error)
        if isinstance(error, AlreadyPosted):
            form = _under_a_new_key(request, participation, form)
        _keep(form, participation.writing)
        return _page(request, participation, form, status=status, refusal=sentence)
    if participation.writing == Writing.REPORT:  # what is posted forgets its own
        forget_draft(form.cleaned_data["key"], form.author)
    key = str(form.cleaned_data["key"])
    messages.success(request, participation.done_words(done), extra_tags=key)
    place = reverse("consultation:drafts") if done.waits else None
    return _led_to(request, place or address_of("permalink", done.number))


def _keep(form: KeyedForm, writing: Writing) -> None:
    if writing in KEPT:
        key = form.cleaned_data["key"]
        keep_draft(form, writing=writing, owner=form.author, key=key)


def _place_of(number: int) -> str:
    """Where its author reads it: what waits is read nowhere else."""
    if Contribution.objects.filter(pk=number, status=Status.WAITING).exists():
        return reverse("consultation:drafts")
    return address_of("permalink", number)


def _led_to(request: HttpRequest, address: str, *, status: int = 303) -> HttpResponse:
    """After a form was received: going back does not send it again.

    A script that sent it is told where to go: were it to follow, what was done would
    be said to it, and not to who reads.
    """
    if ALONE in request.headers:
        return HttpResponse(status=204, headers={"Location": address})
    response = redirect(address)
    response.status_code = status
    return response


def give_back(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form whose page was opened too long ago, or without cookies: the text."""
    match = request.resolver_match
    writing = match and match.url_name
    if writing in GIVEN_BACK:
        return GIVEN_BACK[writing](request, *match.args)
    if writing not in Writing.values:
        return render(request, "403.html", status=403)
    participation = PARTICIPATIONS[Writing(writing)]
    number = match.args[0]
    if writing == Writing.PROPOSE:
        debate = Debate.objects.filter(slug=number).first()
        number = debate.pk if debate else 0
    target = participation.find(int(number), database_now())
    author = reader_of(request)
    form = participation.form(request.POST, author=author, target=target)
    return _page(request, participation, form, status=403, refusal=str(TOO_OLD))


def _under_a_new_key(
    request: HttpRequest, participation: Participation, form: KeyedForm
) -> KeyedForm:
    data = request.POST.copy()
    data["key"] = str(uuid4())
    again: KeyedForm = participation.form(data, author=form.author, target=form.target)
    again.full_clean()
    return again


def _page(
    request: HttpRequest,
    participation: Participation,
    form: KeyedForm,
    *,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    if form.is_bound and form.target is not None:
        # What was hidden is not quoted to whoever answers it.
        form.target = participation.find(form.target.pk, database_now())
        if form.target is None:
            status, said = 404, {}
    context = {
        "participation": participation,
        "form": form,
        "target": form.target,
        "is_open": False,
        "is_read_first": False,
        "keep_address": "",
        "nearby_address": "",
        "is_told": bool({TOLD} & {*request.POST, *request.GET}) or "shown" in said,
        "debate_page": None,
    }
    context |= {"refusal": "", "shown": None, "found": [], "is_asked": False} | said
    if form.target is not None:
        context["debate_page"] = page_of(debate_of(form.target))
        context["keep_address"] = keep_address(participation.writing, form.target)
        context["nearby_address"] = while_address(participation.writing, form.target)
        refused = participation.refused(form.author, form.target)
        context["is_open"] = refused is None
        context["is_read_first"] = participation.is_read_first(form.target)
        if refused:
            status, context["refusal"] = refusal_of(refused)
    name = "_inline_form" if ALONE in request.headers else "take_part"
    return render(request, f"consultation/{name}.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask whether one really takes one's words back, and do it."""
    if not request.user.is_authenticated:
        here = urlencode({"next": request.path})
        return redirect(f"{reverse('account_login')}?{here}")
    author: User = request.user
    mine = Contribution.objects.standing().filter(author=author)
    row = get_object_or_404(mine.select_related("debate"), pk=int(number))
    context: dict[str, Any] = {"contribution": row, "refusal": ""}
    status = 200
    if request.method == "POST":
        try:
            withdraw_contribution(author=author, contribution=row)
        except REFUSALS as error:
            status, context["refusal"] = refusal_of(error)
        else:
            return _led_to(request, address_of("permalink", row.number))
    return render(request, "consultation/withdraw.html", context, status=status)
