"""Below /accounts/, allauth's pages and ours; elsewhere, what one is sent to."""

from allauth.account import views as allauth
from django.db import transaction
from django.urls import include, path

from accounts.views import own
from accounts.views.invitations import invitation

app_name = "accounts"

urlpatterns = [
    path("accounts/", own.home, name="home"),
    path("accounts/name/", own.edit, name="edit"),
    path("accounts/sessions/<int:pk>/end/", own.end_session, name="end-session"),
    path("invitations/<slug:token>/", invitation, name="invitation"),
    path("textes/<slug:slug>/", own.terms, name="terms"),
    path("textes/<slug:slug>/<int:version>/", own.terms, name="terms"),
]

# Whatever marks an address as confirmed does so in one transaction with what follows
# from it. No password is hashed there, which would keep others from writing.
allauth_patterns = [
    path(
        "accounts/confirm-email/",
        transaction.atomic(allauth.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path(
        "accounts/login/code/confirm/",
        transaction.atomic(allauth.confirm_login_code),
        name="account_confirm_login_code",
    ),
    path(
        "accounts/password/reset/confirm/",
        transaction.atomic(allauth.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path("accounts/", include("allauth.urls")),
]
