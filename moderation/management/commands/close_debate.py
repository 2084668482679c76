import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from moderation.actions import (
    AlreadyClosed,
    NotAsReceived,
    NotEnded,
    StillChanging,
    StillWaiting,
    close_debate,
)
from moderation.models import Closing
from register.actions import NotTheirs
from register.models import Debate

# Of what waits, how many numbers are written out.
NAMED_AT_MOST = 20
REFUSALS = {
    AlreadyClosed: "This debate is closed.",
    NotEnded: "This debate has not ended.",
    NotTheirs: "This account may not close a debate.",
    StillChanging: "Somebody acts on this debate all the time. Try again.",
}


class Command(BaseCommand):
    help = "Close a debate that has ended, and seal its record for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="address of the debate")
        parser.add_argument("--motive", default="", help="shown to readers")
        parser.add_argument("--actor", metavar="EMAIL", help="whose act it is")

    def handle(self, *args: Any, slug: str, motive: str, **options: Any) -> None:
        debate = Debate.objects.filter(slug=slug).first()
        if debate is None:
            raise CommandError(f"No debate has the address {slug!r}.")
        begin = time.monotonic()
        try:
            closing = close_debate(
                debate=debate, actor=_account(options["actor"]), motive=motive
            )
        except StillWaiting as error:
            for why, numbers in error.waiting.items():
                self.stderr.write(f"{why.value}: {_named(numbers)}")
            raise CommandError("Nothing was closed: this is still waiting.") from error
        except NotAsReceived as error:
            self.stderr.write("\n".join(error.sentences))
            raise CommandError(
                "Nothing was closed: this is not what was received."
            ) from error
        except tuple(REFUSALS) as error:
            raise CommandError(REFUSALS[type(error)]) from error
        self._say(closing, time.monotonic() - begin)

    def _say(self, closing: Closing, seconds: float) -> None:
        for name, figure in closing.figures.items():
            self.stdout.write(f"{name}: {figure}")
        self.stdout.write(f"Closed and sealed in {seconds:.1f} s:")
        for line in (closing.origin, closing.size, closing.root_in_base64):
            self.stdout.write(str(line))


def _account(email: str | None) -> User | None:
    if email is None:
        return None
    account = User.objects.filter(email=email.lower()).first()
    if account is None:
        raise CommandError(f"No account has the address {email}.")
    return account


def _named(numbers: list[int]) -> str:
    named = " ".join(f"#{number}" for number in numbers[:NAMED_AT_MOST])
    more = len(numbers) - NAMED_AT_MOST
    return f"{named} and {more} more" if more > 0 else named
