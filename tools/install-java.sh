#!/bin/sh
# Installs a Java runtime for the Spark tests by the system's package manager, where we may; says so where we may not.
set -u
if command -v java >/dev/null 2>&1 || [ -n "${JAVA_HOME:-}" ]; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    if apt-get -qq update >/dev/null 2>&1; then
        # Spark 4 needs Java 17 or newer; distributions carry one or the other.
        for package in openjdk-17-jre-headless openjdk-21-jre-headless default-jre-headless; do
            if apt-get -qq install -y --no-install-recommends "$package" >/dev/null 2>&1; then
                exit 0
            fi
        done
    fi
fi
echo "No Java here, and it could not be installed: the Spark tests will be skipped."
