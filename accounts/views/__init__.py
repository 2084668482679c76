"""One's own account, invitations, institutions in the admin. The rest is allauth's."""

from accounts.views.own import log_in_to_admin, too_many_requests

__all__ = ["log_in_to_admin", "too_many_requests"]
