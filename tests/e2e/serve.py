"""A seeded demonstration in a process of its own, for the browser tests.

`python -m tests.e2e.serve`, with DATABASE_URL naming a throw-away file and, perhaps,
MAIL_FOLDER a folder to which mail is written at once: prints one line of JSON (the
site's address, and those of some pages) and serves until it is killed. Nothing of it
touches the database of the other tests.
"""

import json
import os
import socketserver
from datetime import timedelta
from io import StringIO
from typing import Any

import django
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.utils import timezone


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def addresses() -> dict[str, str]:
    """The French address of each page that the browser looks at."""
    from accounts.models import Institution, User
    from consultation.models import ConsultationPage, DebatePage
    from proposals.models import Proposal
    from register.models import Contribution

    consultation = ConsultationPage.objects.get(locale__language_code="fr")
    debates = DebatePage.objects.child_of(consultation).select_related("debate")
    by_count = sorted(Proposal.objects.visible(), key=lambda row: row.argument_count)
    hidden = Contribution.objects.filter(status="hidden").first()
    person = User.objects.get(email="camille.rousseau@example.org")
    with_laws = Proposal.objects.visible().filter(appendices__kind="law_proposed")
    others = [row for row in by_count if row.author != person and row.source_count]
    now = timezone.now()
    discussed = next(
        row for row in others if row.argument_count and row.debate.is_open(now)
    )
    institution = Institution.objects.filter(contributions__in=by_count).first()
    return {
        "home": "/",
        "consultation": consultation.url,
        **dict(
            zip(
                ("ended", "open", "upcoming"),
                [page.url for page in debates.order_by("debate__opens_at")],
                strict=True,
            )
        ),
        "busiest": f"/propositions/{by_count[-1].pk}/",
        "discussed": f"/propositions/{discussed.pk}/",
        "empty": f"/propositions/{by_count[0].pk}/",
        "laws": f"/propositions/{with_laws[0].pk}/",
        "author": f"/auteurs/{person.public_key}/",
        "institution": f"/institutions/{institution.slug}/",
        "institutions": "/institutions/",
        "information": "/contact/",
        "found": "/recherche/?q=biblioth%C3%A8que&kind=proposal",
        "everything": "/recherche/",
        "nothing": "/recherche/?q=zeppelin+-mairie",
        "unknown": "/contributions/999999",
        "missing": "/rien/",
        "gone": f"/contributions/{hidden.pk}",
        **acted_on(person),
        **decided(
            next(
                row
                for row in others
                if row.argument_count > 1 and not row.debate.is_open(now)
            )
        ),
    }


def decided(proposal: Any) -> dict[str, str]:
    """What moderators decide under a proposal of the demonstration, while it is new."""
    from accounts.models import User
    from moderation.actions import Reasons, hide_contribution, mask_passage
    from register.models import Ground

    staff = User.objects.get(email="yann.legoff@example.org")
    reasons = Reasons(
        ground=Ground.objects.get(slug="personal-data"), facts="Un nom et une adresse."
    )
    masked, hidden = proposal.hanging.visible().filter(kind="argument")[:2]
    passage = masked.argument.text.split()[0]
    about = {"actor": staff, "reasons": reasons}
    mask_passage(contribution=masked, passage=passage, **about)
    decision = hide_contribution(contribution=hidden, **about)
    return {
        "masked": f"/propositions/{proposal.pk}/",
        "decided": f"/contributions/{hidden.pk}",
        "decisions": f"/debats/{proposal.debate.slug}/decisions/",
        "statement": decision.get_absolute_url(),
        "notice": f"/contributions/{masked.pk}/contenu-illicite/",
        "minutes": f"/debats/{proposal.debate.slug}/cloture/",
        "data": f"/debats/{proposal.debate.slug}/donnees/",
    }


def acted_on(person: Any) -> dict[str, str]:
    """What journeys decide about, answer and close, once on each screen."""
    from accounts.models import Institution, Membership, User
    from moderation.models import Decision, Report
    from register.models import Contribution, Debate

    for width in (1280, 390):
        ended = Debate.objects.create(
            slug=f"debat-termine-{width}",
            title=f"Un débat terminé, {width}",
            opens_at=timezone.now() - timedelta(days=30),
            closes_at=timezone.now() - timedelta(days=3),
        )
    Membership.objects.create(
        user=User.objects.get(email="claire.montreuil@example.org"),
        institution=Institution.objects.get(slug="belrive-metropole"),
        service="Secrétariat général",
    )
    rows = Contribution.objects.visible().filter(author=person)
    answered = Contribution.objects.visible().filter(kind="response").first()
    appealed = Decision.objects.get(contribution__author=person)
    reported = Contribution.objects.get(
        pk__in=Report.objects.waiting().values("contribution")
    )
    return {
        "own": f"/propositions/{rows.get(kind='proposal').pk}/",
        "contested": f"/contributions/{rows.get(kind='argument').pk}",
        "answered": f"/propositions/{answered.hangs_on_id}/",
        "appealed": appealed.get_absolute_url(),
        "reported": f"/admin/desk/{reported.pk}/",
        "period": f"/admin/debates/{reported.debate_id}/period/",
        "closable": f"/admin/debates/{ended.pk}/close/",
    }


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    from django.conf import settings

    if folder := os.environ.get("MAIL_FOLDER"):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = folder
    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    call_command("seed_demo", stdout=StringIO(), stderr=StringIO())
    socketserver.TCPServer.allow_reuse_address = True
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    site = f"http://localhost:{server.server_port}"
    print(json.dumps({"site": site, "addresses": addresses()}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
