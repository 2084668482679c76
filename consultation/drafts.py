"""Forms that were filled in and not posted: kept, given back, posted once logged in."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import User
from consultation.addresses import query_of
from consultation.participation import PARTICIPATIONS, debate_of, offers_of
from consultation.refusals import REFUSALS
from consultation.waiting import SHOWN, add_waiting, begin_waiting
from journal.clock import database_now
from register.actions import confirm_contributions
from register.enums import Writing
from register.forms import KeyedForm
from register.models import Contribution, Debate, Draft
from register.models.submissions import logged_out_key

# Where a session keeps the keys of what was typed before its owner logged in, each
# with the key that its form had.
PENDING = "pending_drafts"
# Whose words this session typed before their address was confirmed.
RECEIVED = "received_for"
# What is posted, and long enough to be kept while it is written.
KEPT = frozenset({Writing.PROPOSE, Writing.ARGUE, Writing.SOURCE, Writing.REPORT})
# A session holds no more than one person types on the way to an account.
PENDING_AT_MOST = 20
# Later than that, it is given back as a draft and not posted unasked.
SAME_SITTING = timedelta(hours=1)


def keep_draft(
    form: KeyedForm, *, writing: str, owner: User | None, key: UUID | None
) -> Draft | None:
    """Keep a form as it is filled in. None when the key is somebody else's, or none."""
    if key is None or form.target is None:
        return None
    fields = {
        "owner": owner,
        "writing": writing,
        "target": form.target.pk,
        "fields": form.words(),
        "saved_at": database_now(),
    }
    try:
        with transaction.atomic():
            draft, is_new = Draft.objects.get_or_create(key=key, defaults=fields)
            if is_new or draft.owner != owner:
                return draft if draft.owner == owner else None
            Draft.objects.filter(pk=key).update(**fields)
    except IntegrityError:  # sent twice at once: the first one kept it
        return Draft.objects.filter(pk=key, owner=owner).first()
    return draft


def keep_address(writing: str, target: Any) -> str:
    """Where the script sends a form while it is written, or nowhere."""
    if writing not in KEPT:
        return ""
    return reverse(f"consultation:keep-{writing}", args=(target.pk,))


def keep_until_logged_in(request: HttpRequest, form: KeyedForm, writing: str) -> UUID:
    """Under another key, which is returned: the form's own may be that of a draft that
    its author kept before the session ended. The same form is kept once.
    """
    typed = form.cleaned_data["key"]
    key = logged_out_key(typed)
    if keep_draft(form, writing=writing, owner=None, key=key) is None:
        key = uuid4()  # that one was kept for somebody who logged in meanwhile
        keep_draft(form, writing=writing, owner=None, key=key)
    pending = {**request.session.get(PENDING, {}), str(key): str(typed)}
    request.session[PENDING] = dict(list(pending.items())[-PENDING_AT_MOST:])
    return key


def post_what_was_typed(request: HttpRequest | None, user: User) -> None:
    """Do, now that somebody is there to sign it, what a visitor asked for.

    What cannot be done any more stays as that person's draft, and is given back where
    it was typed. Called when an account is made, so that what was typed before the end
    is received before it, and when somebody logs in.
    """
    if request is None:
        return
    if user.is_confirmed:
        request.session.pop(SHOWN, None)
    elif request.session.get(SHOWN, {}).get("email") != user.email:
        begin_waiting(request, user.email)
    pending = request.session.pop(PENDING, {})
    unfinished = {
        str(each.key): pending[str(each.key)]
        for each in _unposted(request, pending, user)
    }
    if not user.is_confirmed:
        request.session[RECEIVED] = user.pk
    if unfinished and not user.is_confirmed:
        request.session[PENDING] = unfinished


def show_what_was_typed(request: HttpRequest, email: str) -> None:
    """As if it had been received for a new account, to who signs up with the address of
    one: otherwise what the next page shows would tell that there is one. What was typed
    is posted once its author logs in.
    """
    begin_waiting(request, email)
    at, received = database_now(), 0
    pending = Draft.objects.filter(owner=None, key__in=request.session.get(PENDING, {}))
    for draft in pending.filter(saved_at__gte=at - SAME_SITTING).order_by("saved_at"):
        form = filled_in(draft, None)
        if form.target is None or draft.fields.get("membership"):
            continue
        accepted = PARTICIPATIONS[draft.writing].accepted
        debate = debate_of(form.target)
        is_posted = draft.writing in KEPT and received < debate.hourly_limit
        if is_posted and accepted in offers_of(debate, at) and form.is_valid():
            received += 1
            add_waiting(request, form, writing=draft.writing, at=at)


def publish_once_confirmed(request: HttpRequest | None, user: User) -> None:
    """Publish what waited, for whoever typed it or whom the staff vouch for.

    An account may have been made with somebody else's address: its owner, who takes it
    over by choosing another password, would publish words that are not theirs. They
    find them under their drafts.
    """
    if request is None or request.session.get(RECEIVED) == user.pk:
        confirm_contributions(author=user)


def _unposted(
    request: HttpRequest, pending: dict[str, str], user: User
) -> Iterator[Draft]:
    theirs = Q(owner=None) | Q(owner=user)
    begun = database_now() - SAME_SITTING
    for draft in Draft.objects.filter(theirs, key__in=pending).order_by("saved_at"):
        Draft.objects.filter(pk=draft.pk).update(owner=user)
        # On a computer that many use, what was typed long ago may be another's.
        if draft.saved_at >= begun and _post(request, draft, user):
            forget_draft(draft.key, user)
            forget_draft(UUID(pending[str(draft.key)]), user)
        else:
            yield draft


def _post(request: HttpRequest, draft: Draft, user: User) -> bool:
    form = filled_in(draft, user)
    if form.target is None or not form.is_valid():
        return False
    participation = PARTICIPATIONS[draft.writing]
    try:
        done = participation.act(form, get_language())
    except REFUSALS:
        return False
    if user.is_confirmed:
        messages.success(request, participation.done_words(done))
    else:
        row = Contribution.objects.get(pk=done.number)
        add_waiting(request, form, writing=draft.writing, at=row.submitted_at)
    return True


def filled_in(draft: Draft, author: User | None) -> KeyedForm:
    participation = PARTICIPATIONS[draft.writing]
    data = QueryDict(mutable=True)
    data.update(draft.fields | {"key": str(draft.key)})
    target = participation.find(draft.target, database_now())
    form: KeyedForm = participation.form(data, author=author, target=target)
    return form


def forget_draft(key: UUID, owner: User) -> None:
    Draft.objects.filter(key=key, owner=owner).delete()


def draft_of(
    address: QueryDict, owner: User, *, writing: str, target: Any
) -> Draft | None:
    """The draft that an address names, if it is this person's, or else the last one.

    What was begun against a proposal does not come back in a form that is for it.
    """
    posted = owner.submissions.filter(key=OuterRef("key"))
    mine = Draft.objects.filter(
        ~Exists(posted), owner=owner, writing=writing, target=target.pk
    )
    key = key_of(address, "draft")
    if named := key and mine.filter(key=key).first():
        return named
    said = {name: address[name] for name in ("side", "choice") if name in address}
    fitting = (draft for draft in mine if draft.fields | said == draft.fields)
    return next(fitting, None)


def places_of(drafts: Sequence[Draft]) -> dict[UUID, str]:
    """Where each draft goes on being written, by its key, unless its debate is gone."""
    debates = [each.target for each in drafts if each.writing == Writing.PROPOSE]
    slugs = dict(Debate.objects.filter(pk__in=debates).values_list("pk", "slug"))
    places = {}
    for each in drafts:
        is_proposal = each.writing == Writing.PROPOSE
        if about := slugs.get(each.target) if is_proposal else each.target:
            address = reverse(f"consultation:{each.writing}", args=(about,))
            places[each.key] = address + query_of({"draft": each.key})
    return places


def draft_named(drafts: Any, key: str) -> Draft:
    """Raises Http404 when the key is not one of these, or is no key."""
    try:
        draft: Draft | None = drafts.filter(pk=UUID(key)).first()
    except ValueError:
        draft = None
    if draft is None:
        raise Http404
    return draft


def key_of(data: Any, name: str = "key") -> UUID | None:
    try:
        return UUID(data.get(name, ""))
    except ValueError:
        return None
