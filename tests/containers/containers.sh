#!/usr/bin/env bash
# Prepares a container engine and the images that tests/Integration uses, without an image registry: base images are
# bootstrapped from Debian's packages.
#   eval "$(tests/containers/containers.sh up)"    engine and images, and the settings that Testcontainers needs here
#   tests/containers/containers.sh engine          the engine only
#   tests/containers/containers.sh publish CSPROJ NAME
#   tests/containers/containers.sh images SERVICE...   what deploy/images.sh makes, on the base image of these tests, loaded
#   tests/containers/containers.sh down            removes what tests left, and stops the engine that this script started
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
prefix=${MLKIT_IMAGE_PREFIX:-mlkit}; suite=${MLKIT_SUITE:-bookworm}; state=${MLKIT_STATE:-${TMPDIR:-/tmp}/mlkit-containers}
mkdir -p "$state"
say() { printf '%(%T)T %s\n' -1 "$*" >&2; }
have() { docker image inspect "$1" >/dev/null 2>&1; }
need() { local p m=(); for p; do dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || m+=("$p"); done
  [ ${#m[@]} = 0 ] || { say "apt ${m[*]}"; apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${m[@]}" >/dev/null; }; }
engine() {
  docker version >/dev/null 2>&1 && return
  [ -x /usr/sbin/dockerd ] || need docker.io iptables
  rm -f /var/run/docker.pid
  setsid nohup dockerd --bip 10.199.0.1/24 --default-address-pool base=10.200.0.0/16,size=26 --log-level warn >"$state/dockerd.log" 2>&1 </dev/null &
  echo $! >"$state/dockerd.started"
  for _ in $(seq 150); do docker version >/dev/null 2>&1 && return; sleep 0.2; done
  tail -20 "$state/dockerd.log" >&2; say 'engine not up after 30 s'; exit 1
}
base() {
  local icu=libicu72; [ "$suite" = trixie ] && icu=libicu76
  local args=(--variant=minbase "--include=ca-certificates,tzdata,libgomp1,libstdc++6,$icu"
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' --aptopt='Dir::Cache::pkgcache ""' --aptopt='Dir::Cache::srcpkgcache ""'
    '--dpkgopt=path-exclude=/usr/share/doc/*' '--dpkgopt=path-exclude=/usr/share/man/*' '--dpkgopt=path-exclude=/usr/share/locale/*')
  BASE=$prefix/debian:$(printf '%s\n' "$suite" "${args[@]}" | sha256sum | cut -c1-12)
  have "$BASE" && return
  need mmdebstrap; say "bootstrap $BASE"
  mmdebstrap --quiet "${args[@]}" "$suite" - | docker import --change 'CMD ["bash"]' --change 'LABEL dev.mlkit=1' \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$BASE" >/dev/null
}
build() { # NAME CONTEXT KEY [build args]
  local n=$1 ctx=$2 tag; tag=$prefix/$1:$(printf '%s' "$3" | sha256sum | cut -c1-12); shift 3
  have "$tag" || { say "build $tag"; DOCKER_BUILDKIT=1 /usr/bin/docker build -q --label dev.mlkit=1 --build-arg "BASE=$BASE" -t "$tag" "$@" "$ctx" >/dev/null; }
  docker tag "$tag" "$prefix/$n:ci"
}
aspnet() {
  local root v ctx p; root=$(dirname "$(readlink -f "$(command -v dotnet)")"); v=$(ls "$root/shared/Microsoft.AspNetCore.App" | sort -V | tail -1)
  ctx=$(mktemp -d); cp "$here/aspnet/Dockerfile" "$ctx/"; mkdir -p "$ctx/dotnet"; cp "$root/dotnet" "$ctx/dotnet/"
  for p in host/fxr shared/Microsoft.NETCore.App shared/Microsoft.AspNetCore.App; do mkdir -p "$ctx/dotnet/$p"; cp -r "$root/$p/$v" "$ctx/dotnet/$p/"; done
  build aspnet "$ctx" "$BASE $v $(cat "$here/aspnet/Dockerfile")" --build-arg "DOTNET_VERSION=$v"; rm -rf "$ctx"
}
up() {
  engine; base
  local pg=15 pids=() p; [ "$suite" = trixie ] && pg=17
  aspnet & pids+=($!)
  build redis "$here/redis" "$BASE $(cat "$here"/redis/*)" & pids+=($!)
  build postgres "$here/postgres" "$BASE $pg $(cat "$here"/postgres/*)" --build-arg "PG=$pg" & pids+=($!)
  for p in "${pids[@]}"; do wait "$p"; done
  echo "export DOCKER_API_VERSION=$(docker version --format '{{.Server.APIVersion}}') TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 TESTCONTAINERS_WAIT_STRATEGY_INTERVAL=00:00:00.200"
}
registry() { # a registry that lives as long as this script, with the base image
  need docker-registry
  reg=localhost:5000; local pid
  printf 'version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: "127.0.0.1:5000"}\n' "$state/registry" >"$state/registry.yml"
  docker-registry serve "$state/registry.yml" >"$state/registry.log" 2>&1 & pid=$!
  trap "kill $pid 2>/dev/null || true" EXIT
  for _ in $(seq 50); do (exec 3<>/dev/tcp/127.0.0.1/5000) 2>/dev/null && break; sleep 0.1; done
  docker tag "$prefix/aspnet:ci" $reg/$prefix/aspnet:ci; docker push -q $reg/$prefix/aspnet:ci >/dev/null
}
images() { # SERVICE...
  registry
  local out; out=$(mktemp -d)
  MLKIT_SERVICES="$*" MLKIT_BASE_IMAGE=$reg/$prefix/aspnet:ci MLKIT_IMAGES_OUTPUT=$out "$here/../../deploy/images.sh"
  for archive in "$out"/*.tar; do docker load -q -i "$archive"; done
  rm -rf "$out"
}
publish() { # CSPROJ NAME
  registry
  dotnet publish "$1" -c Release -t:PublishContainer -v q -p:ContainerBaseImage=$reg/$prefix/aspnet:ci -p:ContainerRepository="$prefix/$2" -p:ContainerImageTag=ci
}
down() {
  local ids; ids=$(docker ps -aq --filter label=org.testcontainers=true); [ -z "$ids" ] || docker rm -fv $ids >/dev/null
  docker network prune -f --filter label=org.testcontainers=true >/dev/null
  if [ -f "$state/dockerd.started" ] && [ -f /var/run/docker.pid ]; then   # only an engine that this script started
    local pid; pid=$(cat /var/run/docker.pid); kill "$pid"; while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done; rm -f "$state/dockerd.started"; fi
}
"${1:-up}" "${@:2}"
