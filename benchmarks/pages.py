"""Which pages of a database to measure, and how many queries each asks of it.

Queries are counted here, in a warm process, by Django's test client.
"""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from arguments.models import Argument
from benchmarks.client import HOST
from benchmarks.measures import Page
from benchmarks.references import ROWS
from consultation.models import DebatePage
from proposals.models import Proposal

# The debate's address, whatever it is about.
SLUG = "mesure"
SORTS = {
    "oldest first": "?order=oldest",
    "most argued": "?order=argued",
    "most agreed": "?order=agreed",
    "at random": "?order=random&seed=7",
}


class Reader:
    """Somebody who opens pages, and the queries that each costs."""

    def __init__(self, user: User | None = None) -> None:
        # As a server in front that ends TLS passes a request on.
        self.client = Client(
            raise_request_exception=False,
            headers={"host": HOST, "x-forwarded-proto": "https"},
        )
        if user:
            self.client.force_login(user)

    @property
    def cookie(self) -> str:
        return "; ".join(
            f"{name}={each.value}" for name, each in self.client.cookies.items()
        )

    def page(self, key: str, name: str, address: str) -> Page:
        return Page(key, name, address, self._queries(address), self.cookie)

    def unchanged(self, page: Page) -> Page:
        """The same page, asked again by who holds what was just answered."""
        etag = self.client.get(page.address).headers.get("ETag", "")
        return Page(
            key=f"{page.key}, unchanged",
            name=f"{page.name}, unchanged",
            address=page.address,
            queries=self._queries(page.address, {"if-none-match": etag}),
            cookie=page.cookie,
            revalidated=True,
        )

    def _queries(self, address: str, headers: dict[str, str] | None = None) -> int:
        self.client.get(address)
        with CaptureQueriesContext(connection) as captured:
            self.client.get(address, headers=headers)
        return len(captured)


def pages_to_read() -> Iterator[Page]:
    reader = Reader()
    yield reader.page("trivial", "trivial view", "/reference/trivial")
    yield reader.page("ordinary", "4-query view", f"/reference/ordinary/{SLUG}")
    user = User.objects.create_user("mesure@example.org", display_name="Mesure")
    for each in (reader, Reader(user)):
        yield each.page("home", "home", "/")
        first = each.page("first", "list, first page", address_of_list())
        yield from (first, each.page("last", "list, last page", address_of_last_page()))
        busiest = busiest_proposal()
        contribution = each.page(
            "contribution",
            f"contribution, {busiest.argument_count} arguments",
            address_of_busiest(each),
        )
        yield contribution
        argument = Argument.objects.filter(hangs_on=busiest).visible().latest("number")
        permalink = reverse("permalink", args=(argument.number,))
        yield each.page("permalink", "permalink of an argument", permalink)
        yield each.unchanged(first)
        yield each.unchanged(contribution)


def pages_of_list() -> Iterator[Page]:
    reader = Reader()
    yield reader.page("newest", "newest first", address_of_list())
    yield reader.page("last", "newest first, last page", address_of_last_page())
    for name, query in SORTS.items():
        yield reader.page(name, name, address_of_list() + query)


def page_of_crowd() -> Page:
    reader = Reader()
    count = busiest_proposal().argument_count
    return reader.page("crowd", f"{count:,} arguments", address_of_busiest(reader))


def address_of_list() -> str:
    page = DebatePage.objects.order_by("pk").get(
        debate__slug=SLUG, locale__language_code="fr"
    )
    return str(page.get_url_parts()[2])


def address_of_last_page() -> str:
    """The page that ends with the oldest proposal, and is as long as the first."""
    oldest = Proposal.objects.filter(debate__slug=SLUG).standing()
    before = oldest.order_by("submitted_at", "number")[ROWS]
    return f"{address_of_list()}?after={before.number}"


def busiest_proposal() -> Proposal:
    proposals = Proposal.objects.visible()
    return max(proposals, key=lambda each: each.argument_count)


def address_of_busiest(reader: Reader) -> str:
    """Where its number leads to."""
    answer = reader.client.get(busiest_proposal().get_absolute_url())
    return answer.headers["Location"].partition("#")[0]
