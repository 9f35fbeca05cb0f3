# The portal as an image: `docker compose up` in compose.yaml. See docs/operators.md.
# It runs as a user without a name and needs to write nowhere but /data and /tmp.

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.lock /tmp/
RUN /venv/bin/pip install --require-hashes -r /tmp/requirements.lock
WORKDIR /srv/portal
COPY . .
# The key is for these commands only, and in no image: what is collected does not depend on it.
RUN SECRET_KEY=for-collecting-static-files-only /venv/bin/python manage.py collectstatic --noinput \
    && /venv/bin/python -m compileall -q . /venv

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0750 /data /data/media /data/private /data/backups \
    && install -d -o portal -g portal -m 0755 /site-copy
COPY --from=build /venv /venv
COPY --from=build /srv/portal /srv/portal
WORKDIR /srv/portal
# PRIVATE_ROOT is a folder, no secret:
# hadolint ignore=DL3064
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GUNICORN_BIND=0.0.0.0:8000 \
    MEDIA_ROOT=/data/media \
    PRIVATE_ROOT=/data/private \
    BACKUP_DIR=/data/backups \
    CACHE_DIR=/tmp/cache \
    SNAPSHOT_DIR=/site-copy
USER 10001:10001
VOLUME /data /site-copy
EXPOSE 8000
# That it lives, not that it is ready: a portal whose database is gone is not mended by starting it again.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "deploy/asks.py", "/healthz"]
CMD ["gunicorn", "coopportal.wsgi", "--config", "deploy/gunicorn.conf.py"]
