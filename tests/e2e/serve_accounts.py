"""A site with two accounts and its mail in a folder, for the tests of accounts.

`python -m tests.e2e.serve_accounts`, with DATABASE_URL naming a throw-away file and
MAIL_FOLDER a folder: prints one line of JSON and serves until it is killed. There is
no worker beside it: mail is written at once.
"""

import json
import os
import socketserver

import django
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer

from tests.e2e.serve import Quiet

PASSWORD = "mot de passe des essais"
EMAILS = ("camille@exemple.fr", "samira@exemple.fr")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = os.environ["MAIL_FOLDER"]
    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    from accounts.actions import vouch_for_address
    from accounts.models import User

    call_command("migrate", verbosity=0)
    for email in EMAILS:
        user = User.objects.create_user(email, PASSWORD, display_name=email[:6])
        vouch_for_address(user=user)
    socketserver.TCPServer.allow_reuse_address = True
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print(json.dumps({"site": f"http://localhost:{server.server_port}"}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
