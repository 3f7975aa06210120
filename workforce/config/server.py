"""gunicorn's configuration for production: ``gunicorn -c python:workforce.config.server workforce.config.wsgi``.

Workers and beat are processes of their own there (see docker-compose.yml).
"""

import os

bind = f"{os.environ.get('HOST') or '0.0.0.0'}:{os.environ.get('PORT') or '8000'}"  # noqa: S104  (a container's own address)
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
timeout = 60
graceful_timeout = 20
max_requests = 5_000
max_requests_jitter = 500
accesslog = None
control_socket_disable = True
