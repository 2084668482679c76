from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from moderation.actions import AlreadyWithheld, NotSealed, withhold_part
from moderation.enums import SealedPart
from register.actions import NotTheirs
from register.models import Contribution, Ground

REFUSALS = {
    AlreadyWithheld: "That part is withheld for good already.",
    NotSealed: "It is in no sealed record: hide it instead.",
    NotTheirs: "An administrator is needed, who did not write it.",
}


class Command(BaseCommand):
    help = (
        "Withhold the name or the text of a contribution of a sealed record, for good:"
        " it is destroyed here too, and cannot be brought back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, metavar="NUMBER")
        parser.add_argument("--part", choices=SealedPart.values, required=True)
        parser.add_argument(
            "--ground", metavar="SLUG", required=True, help="a clause of the charter"
        )
        parser.add_argument(
            "--actor",
            metavar="EMAIL",
            help="which administrator, if several",
        )

    def handle(self, *args: Any, number: int, **options: Any) -> None:
        contribution = Contribution.objects.filter(pk=number).first()
        ground = Ground.objects.filter(slug=options["ground"]).first()
        for name, found in ((f"#{number}", contribution), (options["ground"], ground)):
            if found is None:
                raise CommandError(f"There is no {name}.")
        try:
            act = withhold_part(
                contribution=contribution,
                part=SealedPart(options["part"]),
                ground=ground,
                actor=_administrator(options["actor"]),
            )
        except tuple(REFUSALS) as error:
            raise CommandError(REFUSALS[type(error)]) from error
        self.stdout.write(f"Act {act.pk}: {options['part']} of #{number} is withheld.")


def _administrator(email: str | None) -> User:
    """The one who is named, or the only one there is."""
    people = User.objects.filter(is_superuser=True, is_active=True)
    if email:
        people = User.objects.filter(email=email.lower())
    if len(people) != 1:
        raise CommandError("Say which administrator this is: --actor EMAIL")
    return people[0]
