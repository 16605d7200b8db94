using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Containers;

/// <summary>Builds the images of resources that have a Dockerfile.</summary>
internal sealed class ContainerImages(ContainerEngine engine, DistributedApplicationExecutionContext execution, IServiceProvider services)
{
    /// <summary>Builds the image where the resource has a Dockerfile; the engine's cache makes a second build cheap.</summary>
    /// <exception cref="DistributedApplicationException">The build failed; its output is in the log of the resource.</exception>
    public async Task BuildAsync(IResource resource, Action<string> log, CancellationToken cancellationToken)
    {
        if (resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault() is not { } build || !resource.TryGetContainerImageName(out var image))
        {
            return;
        }

        using var folder = new TemporaryFolder();
        var dockerfile = await DockerfileAsync(resource, build, folder.Path, cancellationToken);
        if (!Directory.Exists(build.ContextPath) || !File.Exists(dockerfile))
        {
            throw new DistributedApplicationException($"the image of '{resource.Name}' cannot be built: '{(Directory.Exists(build.ContextPath) ? dockerfile : build.ContextPath)}' does not exist");
        }

        var arguments = new List<string> { "build", "--tag", image, "--file", dockerfile };
        if (build.Stage is { Length: > 0 } stage)
        {
            arguments.AddRange(["--target", stage]);
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        await AddValuesAsync(resource, build, arguments, variables, cancellationToken);
        var result = await engine.RunAsync([.. arguments, build.ContextPath], cancellationToken, variables, line: log);
        if (!result.Succeeded)
        {
            throw new DistributedApplicationException($"the build of the image of '{resource.Name}' failed: {result.Reason}");
        }
    }

    private async Task<string> DockerfileAsync(IResource resource, DockerfileBuildAnnotation build, string folder, CancellationToken cancellationToken)
    {
        if (build.DockerfileFactory is null)
        {
            return build.DockerfilePath;
        }

        var path = Path.Combine(folder, "Dockerfile");
        await build.EmitDockerfileArtifactsAsync(
            new DockerfileFactoryContext { Resource = resource, Services = services, CancellationToken = cancellationToken }, path);
        return path;
    }

    // Values go through the CLI's environment: arguments can be read by every user of the machine.
    private async Task AddValuesAsync(IResource resource, DockerfileBuildAnnotation build, List<string> arguments, Dictionary<string, string> variables, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in build.BuildArguments)
        {
            arguments.AddRange(["--build-arg", name]);
            if (await ConfiguredValues.ResolveAsync(value, resource, execution, cancellationToken) is { } text)
            {
                variables[name] = text;
            }
        }

        if (build.BuildSecrets.Count > 0)
        {
            // The classic builder knows no secrets; everything else is left to what the engine has.
            variables["DOCKER_BUILDKIT"] = "1";
        }

        var number = 0;
        foreach (var (name, value) in build.BuildSecrets)
        {
            var variable = $"MLKIT_BUILD_SECRET_{number++}";
            arguments.AddRange(["--secret", $"id={name},env={variable}"]);
            variables[variable] = await ConfiguredValues.ResolveAsync(value, resource, execution, cancellationToken) ?? "";
        }
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("mlkit-build-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
