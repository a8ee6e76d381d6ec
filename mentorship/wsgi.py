import logging
import os

from django.core.checks import run_checks
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
application = get_wsgi_application()
for message in run_checks(tags=["guards"], include_deployment_checks=True, databases=["default"]):
    logging.getLogger(__name__).error("%s Mend: %s", message.msg, message.hint)
connections.close_all()  # a server that forks after this must not share one
