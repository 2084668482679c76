"""What the production server (granian) loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

# What is loaded now stays for as long as the process: looking through it for waste,
# again and again while people wait, would find none.
gc.collect()
gc.freeze()
