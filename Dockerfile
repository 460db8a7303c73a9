# Two images: the routing service, and the same with what test calls need (--target qa).
FROM debian:forky-slim AS build
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY requirements requirements
# The libraries first: they change less often than our code.
RUN --mount=type=cache,target=/root/.cache/pip \
    { python3 requirements/known_python.py || { echo "An image needs a base that has one of these." >&2; exit 1; }; } \
 && python3 -m venv /opt/segment-ivr \
 && /opt/segment-ivr/bin/pip install --disable-pip-version-check --require-hashes --only-binary :all: \
      --requirement requirements/run.txt \
 && python3 -m venv /opt/build \
 && /opt/build/bin/pip install --disable-pip-version-check --require-hashes --only-binary :all: \
      --requirement requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY asterisk asterisk
COPY dialplans dialplans
COPY ivr ivr
RUN /opt/build/bin/pip wheel --disable-pip-version-check --no-deps --no-build-isolation --no-index --wheel-dir /opt/wheel . \
 && /opt/segment-ivr/bin/pip install --disable-pip-version-check --no-deps --no-index /opt/wheel/*.whl

# With the test bench's libraries; those of the service are there already.
FROM build AS build-qa
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/segment-ivr/bin/pip install --disable-pip-version-check --require-hashes --only-binary :all: \
      --requirement requirements/qa.txt

FROM debian:forky-slim AS base
# The sounds are for `ivr doctor`, which looks whether those that the dialplan plays are there.
RUN groupadd --system --gid 4573 segment-ivr \
 && useradd --system --uid 4573 --gid 4573 --home-dir /var/lib/segment-ivr --shell /usr/sbin/nologin segment-ivr \
 && install -d -o segment-ivr -g segment-ivr -m 0700 /var/lib/segment-ivr /run/segment-ivr \
 && apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3 asterisk-core-sounds-en-gsm \
 && rm -rf /var/lib/apt/lists/*
COPY asterisk/sounds/de /usr/share/asterisk/sounds/de
COPY asterisk/sounds/fr /usr/share/asterisk/sounds/fr
COPY asterisk/sounds/en /usr/share/asterisk/sounds/en_US_f_Allison
COPY docker/ivr docker/ivr-health /usr/local/bin/
COPY ivr/lab/sample_customers.csv /usr/share/segment-ivr/
WORKDIR /var/lib/segment-ivr
# 5060 is Asterisk, in its own container: this one has no such user.
ENV IVR_POLICY_DIR=/etc/segment-ivr/dialplans \
    IVR_AGI_USERS=5060 \
    IVR_SOUNDS_DIR=/usr/share/asterisk/sounds/en_US_f_Allison

FROM base AS qa
COPY --from=build-qa /opt/segment-ivr /opt/segment-ivr
USER segment-ivr
CMD ["ivr", "qa", "--help"]

# The last one is what `docker build .` makes.
FROM base AS service
COPY --from=build /opt/segment-ivr /opt/segment-ivr
USER segment-ivr
CMD ["ivr", "serve"]
HEALTHCHECK --interval=10s --timeout=15s --start-period=30s --retries=3 CMD ["ivr-health"]
