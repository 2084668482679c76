from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from consultation.demo.actions import PASSWORD, demo_accounts, seed_demo


class Command(BaseCommand):
    help = "Load the demonstration; when it is there, bring its dates up to today."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demonstration is not for a site in production: its accounts have"
                " a known password."
            )
        loaded = seed_demo()
        self.stderr.write(
            "Demonstration loaded." if loaded else "Demonstration is up to date.",
            style_func=str,
        )
        self.stdout.write(f"Accounts (password: {PASSWORD})")
        for account in demo_accounts():
            self.stdout.write(
                f"  {account['role']:<15} {account['email']:<40} {account['name']}"
            )
