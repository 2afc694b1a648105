#!/bin/sh
# Installs PostgreSQL for the desk's tests by the system's package manager, where we may; says so where we may not.
set -u
if command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    if apt-get -qq update >/dev/null 2>&1 && apt-get -qq install -y --no-install-recommends postgresql >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "No PostgreSQL here, and it could not be installed: the tests that need it will be skipped."
