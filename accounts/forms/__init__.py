"""What people and administrators type about accounts."""

from accounts.forms.admin import AccountCreationForm, AccountEditForm

__all__ = ["AccountCreationForm", "AccountEditForm"]
