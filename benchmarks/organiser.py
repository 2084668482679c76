"""Who makes, moves and ends the invented debates, with the site's own code.

    python -m benchmarks.organiser

Runs in the site's environment, beside its servers; benchmarks.stage gives the orders,
each a line of JSON with a name and its arguments, and reads a line for each.
"""

import json
import sys
import time
from datetime import datetime, timedelta
from typing import Any

import django
from django.db import transaction

DAY = timedelta(days=1)
# As much as a field of the debate can hold: the limit is not what is measured.
HOURLY_LIMIT = 32_767
# When a debate ends that is ended at once: the least that leaves time to write it down.
SOON = timedelta(milliseconds=20)
ATTEMPTS = 20


def main() -> None:
    django.setup()
    for line in sys.stdin:
        name, arguments = json.loads(line)
        print(json.dumps(ORDERS[name](**arguments)), flush=True)


def gather(count: int) -> list[list[Any]]:
    """Confirmed accounts with a session each: key, cookies, token of the forms."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from accounts.models import User

    unusable = make_password(None)
    taken = User.objects.count()
    people = User.objects.bulk_create(
        User(
            email=f"p{taken + n}@exemple.fr",
            display_name=f"Personne {taken + n}",
            password=unusable,
        )
        for n in range(count)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=each, email=each.email, primary=True, verified=True)
        for each in people
    )
    return [_browser(each) for each in people]


def _browser(user: Any) -> list[Any]:
    """What a browser holds once somebody is logged in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import _get_new_csrf_string

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    token = _get_new_csrf_string()
    cookies = {
        settings.SESSION_COOKIE_NAME: session.session_key,
        settings.CSRF_COOKIE_NAME: token,
    }
    joined = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return [user.pk, joined, token]


@transaction.atomic
def open_debate(seconds: float, proposals: int, arguments: int = 0) -> dict[str, Any]:
    """A debate that is open for so long, and what is there to argue about."""
    from accounts.models import User
    from arguments.actions import submit_argument
    from journal.clock import database_now
    from proposals.actions import submit_proposal
    from register.models import Debate, Ground

    name, now = f"mesure-{Debate.objects.count() + 1}", database_now()
    debate = Debate.objects.create(
        slug=name,
        title=name,
        opens_at=now - DAY * 30,
        closes_at=now + DAY,
        hourly_limit=HOURLY_LIMIT,
    )
    author = User.objects.get(pk=gather(1)[0][0])  # nobody votes on their own
    numbers = [
        submit_proposal(
            posting=_posting(author),
            debate=debate,
            title=f"Ouvrir la bibliothèque n° {n}",
            text="<p>Le dimanche aussi, toute l’année.</p>",
        ).number
        for n in range(proposals)
    ]
    under = [
        submit_argument(
            posting=_posting(author), proposal=_row(number), side="for", text="Oui."
        ).number
        for number in numbers[:arguments]
    ]
    end = database_now() + timedelta(seconds=seconds)
    Debate.objects.filter(pk=debate.pk).update(closes_at=end)
    return {
        "debate": debate.pk,
        "end": end.isoformat(),
        "author": author.pk,
        "proposals": numbers,
        "arguments": under,
        "ground": Ground.objects.get(slug="insults").pk,
    }


def _posting(author: Any) -> Any:
    from uuid import uuid4

    from register.actions import Posting

    return Posting(author=author, key=uuid4())


def _row(number: int) -> Any:
    from proposals.models import Proposal

    return Proposal.objects.get(pk=number)


def move(debate: int, author: int, when: str, end: str = "") -> dict[str, str]:
    """At an instant, move the end: as soon as can be, or to a later instant.

    The debate is held alone already while the new end is chosen, so that it can be so
    near that writers are waiting at the gate when it comes.
    """
    from accounts.models import User
    from register.actions import PeriodNotMoved, move_period
    from register.gate import enter_alone

    actor = User.objects.get(pk=author)
    _wait_until(datetime.fromisoformat(when))
    problem = ""
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                held, at = enter_alone(debate)
                made = move_period(
                    debate=held,
                    opens_at=held.opens_at,
                    closes_at=datetime.fromisoformat(end) if end else at + SOON,
                    motive="Mesure.",
                    actor=actor,
                )
        except PeriodNotMoved as error:
            problem = str(error)
        else:
            return {"end": made.closes_at.isoformat()}
    return {"problem": problem}


def count_at_end(debate: int) -> dict[str, Any]:
    """Once the debate has ended, hold it alone and list what is in it.

    As whoever closes it formally does: what is not there then must never come.
    """
    from proposals.models import Vote
    from register.gate import enter_alone
    from register.models import Submission

    while True:
        with transaction.atomic():
            held, at = enter_alone(debate)
            if held.closes_at <= at:
                sent = Submission.objects.filter(contribution__debate=debate)
                votes = Vote.objects.filter(proposal__debate=debate)
                return {
                    "end": held.closes_at.isoformat(),
                    "keys": [
                        [author, str(key)]
                        for author, key in sent.values_list("author", "key")
                    ],
                    "votes": list(votes.values_list("voter", "proposal")),
                }
        _wait_until(held.closes_at)


def close(debate: int) -> dict[str, Any]:
    """End a debate at once, answer its reports, close it and seal its record."""
    from accounts.models import User
    from moderation.actions import close_debate, dismiss_reports
    from register.gate import enter_alone
    from register.models import Contribution, Debate

    moderator = User.objects.create_superuser(
        "moderation@example.org", display_name="Mireille"
    )
    with transaction.atomic():
        held, at = enter_alone(debate)
        Debate.objects.filter(pk=debate).update(closes_at=at)
    reported = Contribution.objects.filter(debate=debate, reports__decision=None)
    for row in reported.exclude(reports=None).distinct():
        dismiss_reports(actor=moderator, contribution=row)
    close_debate(debate=held, actor=moderator)
    return {"end": at.isoformat()}


def _wait_until(instant: datetime) -> None:
    from journal.clock import database_now

    while (left := (instant - database_now()).total_seconds()) > 0:
        time.sleep(min(left, 1))


ORDERS = {
    "gather": gather,
    "open": open_debate,
    "move": move,
    "count": count_at_end,
    "close": close,
}

if __name__ == "__main__":
    main()
