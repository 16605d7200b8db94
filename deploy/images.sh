#!/usr/bin/env bash
# Builds the images that the chart names, by the SDK's own container publishing: no Dockerfile and no container engine.
#
#   ./deploy/images.sh                       archives (docker load, kind load image-archive, ctr import) in deploy/images/
#   ./deploy/images.sh registry.example.com  pushes to a registry; install with --set global.imageRegistry=... or per image
#   ./deploy/images.sh --gpu [registry]      the scorer with the CUDA runtime, tag VERSION-gpu
#
# MLKIT_BASE_IMAGE   base image in place of Microsoft's ASP.NET image, where its registry is not reachable
# MLKIT_VERSION      tag, by default the chart's version
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
gpu=
[ "${1:-}" = --gpu ] && { gpu=1; shift; }
registry=${1:-}
version=${MLKIT_VERSION:-$(sed -n 's/^appVersion: *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$root/deploy/chart/Chart.yaml")}
output=${MLKIT_IMAGES_OUTPUT:-$root/deploy/images}
source=$(git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown)

# Where a project lies, and the repository that the chart names.
services=(TrainingWorker=mlkit/training Scorer=mlkit/scorer RecommendationApi=mlkit/recommendations FeatureServer=mlkit/feature-server)
[ -n "$gpu" ] && services=(Scorer=mlkit/scorer)

for service in "${services[@]}"; do
    project=${service%%=*} repository=${service#*=} tag=$version
    options=(-p:EnableSdkContainerSupport=true -p:ContainerRepository="$repository" -p:ContainerUser=10001
        -p:SourceRevisionId="$source")
    if [ -n "$gpu" ]; then
        tag=$version-gpu
        options+=(-p:OnnxRuntime=Gpu)
    fi
    options+=(-p:ContainerImageTag="$tag")
    [ -n "${MLKIT_BASE_IMAGE:-}" ] && options+=(-p:ContainerBaseImage="$MLKIT_BASE_IMAGE")
    if [ -n "$registry" ]; then
        options+=(-p:ContainerRegistry="$registry")
        echo "$registry/$repository:$tag"
    else
        mkdir -p "$output"
        archive=$output/${repository//\//-}-$tag.tar.gz
        options+=(-p:ContainerArchiveOutputPath="$archive")
        echo "$repository:$tag in $archive"
    fi
    dotnet publish "$root/services/$project/$project.csproj" --configuration Release --os linux --arch "${MLKIT_ARCH:-x64}" \
        -t:PublishContainer "${options[@]}" -verbosity:quiet -nologo
done
