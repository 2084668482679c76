from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    name = "consultation"
    verbose_name = _("consultation")

    def ready(self) -> None:
        from accounts.actions import subscribe as subscribe_to_accounts
        from consultation.actions import present_imported_debate
        from consultation.drafts import (
            post_what_was_typed,
            publish_once_confirmed,
            show_what_was_typed,
        )
        from journal.actions import subscribe

        subscribe(present_imported_debate)
        subscribe_to_accounts(
            signed_up=post_what_was_typed,
            confirmed=publish_once_confirmed,
            known_address=show_what_was_typed,
        )
