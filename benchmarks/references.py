"""What the site's pages are compared with, served by the same processes.

Both pass through the site's middleware. Neither uses anything of ours but the models:
they stand for what Django costs on this machine at this moment.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from proposals.models import Proposal
from register.models import Debate

ROWS = 20
# debate, sections, count, rows
QUERIES = 4


def trivial(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def ordinary(request: HttpRequest, slug: str) -> HttpResponse:
    """Four queries and a table of twenty rows, as anybody would write them."""
    debate = get_object_or_404(Debate, slug=slug)
    proposals = Proposal.objects.filter(debate=debate)
    context = {
        "debate": debate,
        "sections": debate.sections.all(),
        "count": proposals.count(),
        "proposals": proposals.select_related("author").order_by("-submitted_at")[
            :ROWS
        ],
    }
    return render(request, "reference/ordinary.html", context)
