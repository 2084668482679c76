"""What organisers prepare in the tests."""

from accounts.models import User
from proposals.actions import Prepared, prepare_proposals
from proposals.models import Proposal
from register.models import Debate


def prepared(title: str = "Ouvrir le dimanche", **fields: object) -> Prepared:
    return Prepared(**{"title": title, "text": "<p>Toute la journée.</p>"} | fields)


def prepare(debate: Debate, author: User, *titles: str, **fields: object) -> list:
    """The rows of proposals that this person prepared."""
    numbers = prepare_proposals(
        debate=debate,
        author=author,
        proposals=[prepared(title) for title in titles or ("Ouvrir le dimanche",)],
        **fields,
    )
    return list(Proposal.objects.filter(pk__in=numbers).order_by("pk"))
