#!/usr/bin/env bash
# Installs the programs that some tests use where they can be had, and goes on without them where they cannot:
# a test whose program is missing is skipped and says so.
#   libgomp1      OpenMP, which LightGBM's native library needs
#   redis-server  the store that the online store is compared with
#   prometheus    promtool, which alerts are checked with
#   chromium      the browser of the dashboard's tests
#   postgresql    the other database of the tracking server
#   docker.io     the engine of the tests of containers, with iptables; busybox-static is what runs in them
set -u
packages=(libgomp1 redis-server chromium postgresql docker.io iptables busybox-static prometheus)

missing=()
for package in "${packages[@]}"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done

if [ "${#missing[@]}" -gt 0 ] && command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    # Services that a package would start are not wanted: tests start their own, on ports of their own.
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
    apt-get update -qq >/dev/null
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || echo "not installed: ${missing[*]}"
    rm -f /usr/sbin/policy-rc.d
fi

"$(dirname "$0")/../containers/containers.sh" engine || echo "no container engine answers; the tests of containers are skipped"
"$(dirname "$0")/get-helm.sh" || echo "helm and kubectl could not be had; the chart's tests are skipped"
"$(dirname "$0")/get-mlflow-client.sh" || echo "mlflow could not be had; the tests with MLflow's Python client are skipped"
"$(dirname "$0")/get-inference-clients.sh" || echo "tritonclient could not be had; the test of the scorer with it is skipped"
