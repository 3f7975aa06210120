# Puente for production: one image for web, worker and beat. No secret is in it: they come by the environment.
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.lock .
RUN /opt/venv/bin/pip install --no-deps --require-hashes -r requirements.lock

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PUENTE_ENV=production \
    PUENTE_VAR=/var/lib/puente
RUN useradd --system --uid 10001 --home-dir /var/lib/puente --create-home puente
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY manage.py pyproject.toml ./
COPY locale locale
COPY static static
COPY templates templates
COPY workforce workforce
COPY matching matching
# Static files are part of the image; the key is only there because the settings ask for one. They are kept outside of
# PUENTE_VAR, which is a volume: a new image must not be served with the old one's files.
ENV STATIC_ROOT=/app/staticfiles
RUN SECRET_KEY=collectstatic-only python manage.py collectstatic --noinput --verbosity 0
USER puente
VOLUME /var/lib/puente
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-m", "workforce.config.healthcheck"]
CMD ["gunicorn", "-c", "python:workforce.config.server", "workforce.config.wsgi"]
