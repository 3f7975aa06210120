"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workforce.config.settings")
application = get_wsgi_application()

from workforce.skills.search import warm_up  # once the apps are ready

warm_up()  # aside: the first person who types a skill need not wait for the look-up
