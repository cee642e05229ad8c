"""What a web server calls: `granian --interface wsgi repatria.site.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from repatria.wiring.memory import look_for_cycles_rarely

look_for_cycles_rarely()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "repatria.site.settings")

application = get_wsgi_application()
