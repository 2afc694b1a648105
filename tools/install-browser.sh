#!/bin/sh
# Installs Chromium for the browser tests by the system's package manager, where we may; says so where we may not.
set -u
if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    if apt-get -qq update >/dev/null 2>&1 && apt-get -qq install -y --no-install-recommends chromium >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "No Chromium here, and it could not be installed: the browser tests will be skipped."
