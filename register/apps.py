from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "register"
    verbose_name = _("register")

    def ready(self) -> None:
        from accounts.actions import subscribe as subscribe_to_accounts
        from journal.actions import subscribe
        from register.derived import follow
        from register.tasks import plan_receipts_of_the_day

        subscribe(follow)
        subscribe_to_accounts(confirmed=lambda *_: plan_receipts_of_the_day())
