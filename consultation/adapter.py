"""Where accounts meet the register: what was typed before logging in is posted."""

from typing import Any

from django.http import HttpRequest

from accounts.adapter import AccountAdapter
from consultation.drafts import post_what_was_typed


class ParticipantAdapter(AccountAdapter):
    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        post_what_was_typed(request, user)
