using System.Text.Json;

namespace MlKit.Aspire.Vocabulary;

/// <summary>Builds models without running them, and reads what their resources would get.</summary>
internal sealed class Model : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-model-").FullName;

    private Model(string[] args) => Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        Args = [.. args, "--MlKit:StatePath", Path.Combine(_folder, "state"), "--environment", "Development"],
        ProjectDirectory = _folder,
        DisableDashboard = true,
    });

    public IDistributedApplicationBuilder Builder { get; }

    /// <summary>The AppHost's folder.</summary>
    public string Folder => _folder;

    public static Model Run(params string[] args) => new(args);

    public static Model Publish(params string[] args) => new(["--operation", "publish", "--step", "publish", .. args]);

    /// <summary>A model that is written to a manifest when it runs.</summary>
    public static Model Manifest() => new(["--publisher", "manifest"]);

    /// <summary>Writes the manifest and gives its resources.</summary>
    public async Task<JsonElement> WriteManifestAsync()
    {
        var path = Path.Combine(_folder, "out", "manifest.json");
        Builder.Configuration["Pipeline:OutputPath"] = path;
        await using (var app = Builder.Build())
        {
            await app.RunAsync(TestContext.Current.CancellationToken);
        }

        using var document = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        return document.RootElement.GetProperty("resources").Clone();
    }

    /// <summary>A program that is never started.</summary>
    public IResourceBuilder<ExecutableResource> Program(string name = "program", params string[] args) => Builder.AddExecutable(name, "program", ".", args);

    /// <summary>A container that is never started.</summary>
    public IResourceBuilder<ContainerResource> Container(string name = "container") => Builder.AddContainer(name, "image", "1");

    /// <summary>A project that is never built.</summary>
    public IResourceBuilder<global::Aspire.Hosting.Dotnet.DotnetProjectResource> Project(string name = "project") =>
        Builder.AddDotnetProject(name, File($"{name}/{name}.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />"));

    /// <summary>Writes a file below the AppHost's folder.</summary>
    public string File(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>Reads resources.</summary>
internal static class Reading
{
    /// <summary>Gives every endpoint of a resource an address on this machine.</summary>
    public static IResourceBuilder<T> Allocate<T>(this IResourceBuilder<T> builder, int port)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port++);
        }

        return builder;
    }

    /// <summary>The environment in run mode, or as expressions in publish mode.</summary>
    public static async Task<Dictionary<string, string>> EnvironmentAsync<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment => await builder.Resource.GetEnvironmentVariableValuesAsync(builder.ApplicationBuilder.ExecutionContext.Operation);

    /// <summary>The arguments in run mode, or as expressions in publish mode.</summary>
    public static async Task<string[]> ArgumentsAsync<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithArgs => await builder.Resource.GetArgumentValuesAsync(builder.ApplicationBuilder.ExecutionContext.Operation);

    /// <summary>The last annotation of a type.</summary>
    public static T Last<T>(this IResourceBuilder<IResource> builder)
        where T : IResourceAnnotation => builder.Resource.Annotations.OfType<T>().Last();

    /// <summary>The endpoint of that name.</summary>
    public static EndpointAnnotation Endpoint(this IResourceBuilder<IResource> builder, string name) =>
        builder.Resource.Annotations.OfType<EndpointAnnotation>().Single(e => e.Name == name);
}
