"""Official responses: written by an institution's members, judged by the author.

Each is a plain page with a form. Both are for who is logged in alone.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Institution
from consultation import targets
from consultation.addresses import address_of
from consultation.reader import reader_of
from consultation.refusals import REFUSALS, refusal_of
from journal.clock import database_now
from proposals.actions import (
    DraftChanged,
    drop_response_draft,
    judge_response,
    save_response_draft,
    submit_response,
)
from proposals.actions.drafts import draft_of, refuse_who_may_not
from proposals.enums import Outcome, Satisfaction
from proposals.forms import RESPONSE_WORDS, JudgementForm, ResponseForm
from proposals.models import OfficialResponse, ResponseDraft
from proposals.permissions import can_judge, can_respond
from register.actions import TargetGone
from register.models import Contribution

SAVE, DROP, PUBLISH = "save", "drop", "publish"
FAILURES = (*REFUSALS, DatabaseError)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """Write, with all who speak for an institution, what it answers; publish it."""
    author = reader_of(request)
    if author is None and request.method != "POST":
        return _login(request)
    institution = Institution.objects.filter(slug=slug).first()
    if institution is None:
        raise PermissionDenied
    if request.method == "POST":
        return _received(request, institution, int(number))
    proposal = targets.proposal(int(number), database_now())
    if proposal is None:
        raise Http404
    if not can_respond(author, institution):
        raise PermissionDenied
    draft = draft_of(institution, proposal)
    initial = draft.fields | {"version": draft.version} if draft else {}
    form = ResponseForm(
        initial=initial,
        author=author,
        target=proposal,
        memberships=author.memberships.filter(institution=institution),
    )
    return _page(request, institution, form)


def give_back(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """For a form whose page was opened too long ago: the text."""
    institution = get_object_or_404(Institution, slug=slug)
    form = _sent(request, institution, int(number))
    sentence = _(
        "This page was opened too long ago. Send it again: all is still there."
    )
    return _page(request, institution, form, status=403, refusal=sentence)


def _sent(
    request: HttpRequest, institution: Institution, number: int, **changed: Any
) -> ResponseForm:
    author = reader_of(request)
    data = request.POST.copy()
    data.update(changed)
    mine = author.memberships.filter(institution=institution) if author else ()
    target = targets.proposal(number, database_now())
    return ResponseForm(data, author=author, target=target, memberships=mine)


def _received(
    request: HttpRequest, institution: Institution, number: int
) -> HttpResponse:
    """Nothing typed is lost: what is not published comes back in the page's form."""
    form = _sent(request, institution, number)
    if form.author is None:
        sentence = _(
            "You are logged out. Log in from another tab, then send this again."
        )
        return _page(request, institution, form, status=403, refusal=sentence)
    try:
        if form.target is None:
            raise TargetGone
        refuse_who_may_not(form.author, institution)
        return _acted(request, institution, form)
    except DraftChanged as error:
        return _changed(request, institution, form, error.draft)
    except FAILURES as error:
        status, sentence = refusal_of(error)
        return _page(request, institution, form, status=status, refusal=sentence)


def _acted(
    request: HttpRequest, institution: Institution, form: ResponseForm
) -> HttpResponse:
    """Only publishing asks that what is typed be right."""
    draft = {"author": form.author, "institution": institution, "proposal": form.target}
    if SAVE in request.POST:
        save_response_draft(fields=form.words(), version=form.draft_version, **draft)
        done, place = _("The shared draft is saved."), request.path
    elif DROP in request.POST:
        drop_response_draft(version=form.draft_version, **draft)
        done = _("The shared draft is thrown away.")
        place = address_of("permalink", form.target.pk)
    elif not form.is_valid():
        return _page(request, institution, form, status=422)
    elif PUBLISH in request.POST:
        row = _publish(form)
        done = _("The response is published: it is the contribution %(number)s.")
        done, place = done % {"number": f"#{row.pk}"}, address_of("permalink", row.pk)
    else:
        return _page(request, institution, form, shown=_preview(form))
    messages.success(request, done, extra_tags=str(form["key"].value()))
    response = redirect(place)
    response.status_code = 303
    return response


def _said(form: ResponseForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "outcome": Outcome(said["outcome"]),
        "transferred_to": said["transferred_to"],
        "text": form.html,
        "agent_name": said["agent_name"],
        "agent_function": said["agent_function"],
    }


def _publish(form: ResponseForm) -> Contribution:
    return submit_response(
        posting=form.posting(get_language()),
        proposal=form.target,
        draft_version=form.draft_version,
        **_said(form),
    )


def _preview(form: ResponseForm) -> OfficialResponse:
    return OfficialResponse(language=get_language(), **_said(form))


def _changed(
    request: HttpRequest,
    institution: Institution,
    form: ResponseForm,
    draft: ResponseDraft | None,
) -> HttpResponse:
    """Both texts are there; whoever sends it again has read the other one."""
    version = str(draft.version) if draft else "0"
    again = _sent(request, institution, form.target.pk, version=version)
    sentence = _(
        "The shared draft was published or thrown away while you were writing."
        " Look at the proposal before you send this again."
    )
    if draft:
        sentence = _(
            "%(name)s saved another version of the draft while you were writing."
            " Both are here: sending yours again takes the place of the other one."
        ) % {"name": draft.edited_by}
    return _page(request, institution, again, status=409, refusal=sentence, other=draft)


def _differences(form: ResponseForm, draft: ResponseDraft) -> list[tuple[str, str]]:
    """What the other version says otherwise, as it was typed, field by field."""
    typed, other = form.words(), draft.fields
    names = dict(Outcome.choices)
    words = {name: str(other.get(name, "")) for name in RESPONSE_WORDS}
    words["outcome"] = str(names.get(words["outcome"], words["outcome"]))
    words["is_agreed"] = _("Yes") if words["is_agreed"] else _("No")
    return [
        (str(form[name].label), words[name])
        for name in RESPONSE_WORDS
        if other.get(name, "") != typed[name]
    ]


def _page(
    request: HttpRequest,
    institution: Institution,
    form: ResponseForm,
    *,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    other = said.get("other")
    may_send = (
        form.author is not None
        and form.target is not None
        and can_respond(form.author, institution)
    )
    draft = draft_of(institution, form.target) if may_send and not other else None
    context = {
        "institution": institution,
        "proposal": form.target,
        "form": form,
        "refusal": said.get("refusal", ""),
        "shown": said.get("shown"),
        "draft": draft,
        "other": other,
        "differences": _differences(form, other) if other else [],
        "may_send": may_send,
    }
    return render(request, "consultation/respond.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, number: str) -> HttpResponse:
    """Say thank you for a response to one's proposal, and whether it answers it."""
    author = reader_of(request)
    if author is None:
        return _login(request)
    rows = OfficialResponse.objects.visible().begun(database_now())
    row = get_object_or_404(
        rows.select_related("hangs_on", "institution", "verification", "judgement"),
        pk=int(number),
    )
    if not can_judge(author, row):
        raise PermissionDenied
    held = row.judged
    initial = held and {
        "is_thanked": held.is_thanked,
        "satisfaction": held.satisfaction,
    }
    form = JudgementForm(request.POST or None, initial=initial or {"satisfaction": ""})
    context = {"response": row, "form": form, "refusal": ""}
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        try:
            _judge(author, row, form)
        except FAILURES as error:
            status, context["refusal"] = refusal_of(error)
        else:
            messages.success(request, _("What you say of the response is shown."))
            return redirect(address_of("permalink", row.pk))
    return render(request, "consultation/judge.html", context, status=status)


def _judge(author: Any, row: OfficialResponse, form: JudgementForm) -> None:
    satisfaction = form.cleaned_data["satisfaction"]
    judge_response(
        author=author,
        response=row,
        is_thanked=form.cleaned_data["is_thanked"],
        satisfaction=Satisfaction(satisfaction) if satisfaction else None,
    )


def _login(request: HttpRequest) -> HttpResponse:
    here = urlencode({"next": request.path})
    return redirect(f"{reverse('account_login')}?{here}")
