#!/usr/bin/env bash
# Builds the images that the chart names, by the SDK's own container publishing: no Dockerfile and no container engine.
#
#   ./deploy/images.sh                       archives (docker load, kind load image-archive, ctr import) in deploy/images/
#   ./deploy/images.sh registry.example.com  pushes to a registry; install with --set global.imageRegistry=... or per image
#   ./deploy/images.sh --gpu [registry]      the scorer with .NET inside, on an image that holds CUDA and cuDNN, tag VERSION-gpu
#
# MLKIT_BASE_IMAGE   base image in place of Microsoft's ASP.NET image (or, with --gpu, NVIDIA's), where that is not reachable
# MLKIT_VERSION      tag, by default the chart's version
# MLKIT_SERVICES     only some of them, such as "Scorer FeatureServer"
# MLKIT_IMAGES_OUTPUT  folder for the archives
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
gpu=
[ "${1:-}" = --gpu ] && { gpu=1; shift; }
registry=${1:-}
version=${MLKIT_VERSION:-$(sed -n 's/^appVersion: *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$root/deploy/chart/Chart.yaml")}
output=${MLKIT_IMAGES_OUTPUT:-$root/deploy/images}
source=$(git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown)

# Where a project lies, and the repository that the chart names.
services=(TrainingWorker=mlkit/training Scorer=mlkit/scorer RecommendationApi=mlkit/recommendations FeatureServer=mlkit/feature-server
    # Where the topology says WithEmbeddedServer().
    Tracking=mlkit/tracking)
base=${MLKIT_BASE_IMAGE:-}
if [ -n "$gpu" ]; then
    services=(Scorer=mlkit/scorer)
    base=${base:-docker.io/nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04}
fi

failed() {
    echo "images.sh: the image of $1 could not be built; see above." \
        "${gpu:+With --gpu the packages Microsoft.ML.OnnxRuntime.Gpu* must be at hand.}" \
        "The base image is ${base:-that of the .NET SDK}; MLKIT_BASE_IMAGE names another one." >&2
    exit 1
}

# Publishing into a folder that was used before keeps files of another variant.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for service in "${services[@]}"; do
    project=${service%%=*} repository=${service#*=} tag=$version
    case " ${MLKIT_SERVICES:-$project} " in *" $project "*) ;; *) continue ;; esac
    options=(-p:EnableSdkContainerSupport=true -p:ContainerRepository="$repository" -p:ContainerUser=10001
        -p:PublishRepositoryUrl=true -p:SourceRevisionId="$source" -p:ContainerTitle="$repository"
        "-p:ContainerAuthors=MlKit contributors")
    if [ -n "$gpu" ]; then
        tag=$version-gpu
        options+=(-p:OnnxRuntime=Gpu -p:SelfContained=true)
    fi
    options+=(-p:ContainerImageTag="$tag" -p:ContainerVersion="$tag" -p:PublishDir="$work/$project/")
    [ -n "$base" ] && options+=(-p:ContainerBaseImage="$base")
    if [ -n "$registry" ]; then
        options+=(-p:ContainerRegistry="$registry")
        echo "$registry/$repository:$tag"
    else
        mkdir -p "$output"
        archive=$output/${repository//\//-}-$tag.tar
        options+=(-p:ContainerArchiveOutputPath="$archive")
        echo "$repository:$tag in $archive"
    fi
    dotnet publish "$root/services/$project/$project.csproj" --configuration Release --os linux --arch "${MLKIT_ARCH:-x64}" \
        -t:PublishContainer "${options[@]}" -verbosity:quiet -nologo || failed "$project"
done
