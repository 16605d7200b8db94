using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <content>Writes containers: those of an image, and those that a Dockerfile builds.</content>
public sealed partial class ManifestPublishingContext
{
    /// <summary>Writes a container.</summary>
    /// <param name="container">The container.</param>
    /// <exception cref="DistributedApplicationException">It has no image.</exception>
    public Task WriteContainerAsync(ContainerResource container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return WriteContainerResourceAsync(container);
    }

    private async Task WriteContainerResourceAsync(IResource container)
    {
        if (container.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build))
        {
            Writer.WriteString("type", "container.v1");
            WriteConnectionString(container);
            await WriteBuildAsync(container, build).ConfigureAwait(false);
        }
        else
        {
            Writer.WriteString("type", "container.v0");
            WriteConnectionString(container);
            Writer.WriteString("image", container.TryGetContainerImageName(out var image)
                ? image
                : throw new DistributedApplicationException($"Could not get container image name of '{container.Name}'."));
        }

        if (container is ContainerResource { Entrypoint: { } entrypoint })
        {
            Writer.WriteString("entrypoint", entrypoint);
        }

        await WriteCommandLineArgumentsAsync(container).ConfigureAwait(false);
        WriteMounts(container, ContainerMountType.Volume, "volumes", "name");
        WriteMounts(container, ContainerMountType.BindMount, "bindMounts", "source");
        await WriteEnvironmentVariablesAsync(container).ConfigureAwait(false);
        WriteBindings(container);
    }

    private async Task WriteBuildAsync(IResource container, DockerfileBuildAnnotation build)
    {
        var dockerfile = build.DockerfilePath;
        if (build.DockerfileFactory is not null)
        {
            // What is made has to lie somewhere: beside the manifest that refers to it.
            dockerfile = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!, $"{container.Name}.Dockerfile");
            await build.EmitDockerfileArtifactsAsync(
                new DockerfileFactoryContext { Services = ExecutionContext.Services, Resource = container, CancellationToken = CancellationToken },
                dockerfile).ConfigureAwait(false);
        }

        Writer.WriteStartObject("build");
        Writer.WriteString("context", GetManifestRelativePath(build.ContextPath));
        Writer.WriteString("dockerfile", GetManifestRelativePath(dockerfile));
        if (build.Stage is { } stage)
        {
            Writer.WriteString("stage", stage);
        }

        await WriteBuildValuesAsync(container, "args", build.BuildArguments).ConfigureAwait(false);
        await WriteBuildSecretsAsync(container, build).ConfigureAwait(false);
        if (!build.HasEntrypoint)
        {
            Writer.WriteBoolean("buildOnly", true);
        }

        Writer.WriteEndObject();
    }

    private async Task WriteBuildValuesAsync(IResource container, string property, Dictionary<string, object?> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject(property);
        foreach (var (name, value) in values)
        {
            TryAddDependentResources(value);
            Writer.WriteString(name, await ConfiguredValues.ResolveAsync(value, container, ExecutionContext, CancellationToken).ConfigureAwait(false));
        }

        Writer.WriteEndObject();
    }

    private async Task WriteBuildSecretsAsync(IResource container, DockerfileBuildAnnotation build)
    {
        if (build.BuildSecrets.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("secrets");
        foreach (var (name, value) in build.BuildSecrets)
        {
            TryAddDependentResources(value);
            Writer.WriteStartObject(name);
            if (value is FileInfo file)
            {
                Writer.WriteString("type", "file");
                Writer.WriteString("source", GetManifestRelativePath(file.FullName));
            }
            else
            {
                Writer.WriteString("type", "env");
                Writer.WriteString("value", await ConfiguredValues.ResolveAsync(value, container, ExecutionContext, CancellationToken).ConfigureAwait(false));
            }

            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    private void WriteMounts(IResource resource, ContainerMountType type, string property, string sourceProperty)
    {
        var mounts = resource.Annotations.OfType<ContainerMountAnnotation>().Where(m => m.Type == type).ToList();
        if (mounts.Count == 0)
        {
            return;
        }

        Writer.WriteStartArray(property);
        foreach (var mount in mounts)
        {
            Writer.WriteStartObject();
            if (mount.Source is { } source)
            {
                Writer.WriteString(sourceProperty, type == ContainerMountType.BindMount ? GetManifestRelativePath(source) : source);
            }

            Writer.WriteString("target", mount.Target);
            Writer.WriteBoolean("readOnly", mount.IsReadOnly);
            Writer.WriteEndObject();
        }

        Writer.WriteEndArray();
    }
}
