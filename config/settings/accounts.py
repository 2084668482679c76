"""What allauth is asked to do; why is in docs/decisions/0014-accounts.md."""

# How long somebody has to fetch a code from another device, in seconds.
CODE_LIFE = 15 * 60

ACCOUNT_ADAPTER = "consultation.adapter.ParticipantAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_CHANGE_EMAIL = True
# The same page, at the same pace, for an address that is known and one that is not.
ACCOUNT_PREVENT_ENUMERATION = True

ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = CODE_LIFE
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = CODE_LIFE
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 2 * CODE_LIFE
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_LIFE
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_NOTIFICATIONS = True
LOGIN_REDIRECT_URL = "accounts:home"

# A town hall's Wi-Fi is one address: per address (ip) only ceilings that a crowd does
# not reach; per account and per mailbox (key, user) what one person may need.
ACCOUNT_RATE_LIMITS = {
    "signup": "200/h/ip",
    "login": "600/h/ip",
    "login_failed": "200/h/ip,5/5m/key,30/d/key",
    "request_login_code": "200/h/ip,4/10m/key,20/d/key",
    "reset_password": "200/h/ip,4/10m/key,20/d/key",
    "reset_password_from_key": "200/h/ip",
    "confirm_email": "4/10m/key,20/d/key",
    "manage_email": "10/h/user",
    "change_password": "10/h/user",
    "reauthenticate": "10/10m/user",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1

ACCOUNT_FORMS = {
    "signup": "accounts.forms.entrance.SignUpForm",
    "login": "accounts.forms.entrance.LogInForm",
    "request_login_code": "accounts.forms.entrance.RequestLogInCodeForm",
    "confirm_login_code": "accounts.forms.entrance.ConfirmLogInForm",
    "confirm_email_verification_code": "accounts.forms.entrance.ConfirmAddressForm",
    "reset_password": "accounts.forms.entrance.ResetPasswordForm",
    "confirm_password_reset_code": "accounts.forms.entrance.ConfirmResetForm",
    "reset_password_from_key": "accounts.forms.entrance.NewPasswordForm",
    "add_email": "accounts.forms.own.ChangeAddressForm",
    "change_email": "accounts.forms.own.CorrectAddressForm",
    "change_password": "accounts.forms.own.ChangePasswordForm",
    "set_password": "accounts.forms.own.SetPasswordForm",
    "reauthenticate": "accounts.forms.own.ConfirmIdentityForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.entrance.SecondFactorForm",
    "reauthenticate": "accounts.forms.entrance.SecondFactorAgainForm",
    "activate_totp": "accounts.forms.own.ActivateSecondFactorForm",
}

# Wagtail's own pages for this are left to the site's.
LOGIN_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
