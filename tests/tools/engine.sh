#!/usr/bin/env bash
# Starts a container engine for the tests of containers where none answers and this user may start one; otherwise those
# tests are skipped and say so. The address ranges avoid those that companies use.
set -u
docker info >/dev/null 2>&1 && exit 0
[ "$(id -u)" -eq 0 ] && command -v dockerd >/dev/null || { echo "no container engine"; exit 1; }
state=${TMPDIR:-/tmp}/mlkit-containers
mkdir -p "$state"
rm -f /var/run/docker.pid
setsid nohup dockerd --bip 10.199.0.1/24 --default-address-pool base=10.200.0.0/16,size=26 --log-level warn \
    >"$state/dockerd.log" 2>&1 </dev/null &
for _ in $(seq 100); do
    docker info >/dev/null 2>&1 && exit 0
    sleep 0.2
done
tail -3 "$state/dockerd.log"
exit 1
