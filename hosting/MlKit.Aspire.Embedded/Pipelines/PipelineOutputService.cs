using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines;

/// <summary>Answers by <see cref="PipelineOptions.OutputPath"/>; removes its temporary folders at the end.</summary>
internal sealed class PipelineOutputService(IOptions<PipelineOptions> options, DistributedApplicationModel model)
    : IPipelineOutputService, IDisposable
{
    private const string DefaultFolder = "aspire-output";

    private readonly Lock _lock = new();
    private string? _temporary;

    public string GetOutputDirectory() =>
        Path.GetFullPath(options.Value.OutputPath is { Length: > 0 } path ? path : DefaultFolder);

    public string GetOutputDirectory(IResource resource)
    {
        var environments = model.Resources.OfType<IComputeEnvironmentResource>().Count();
        return environments > 1 ? Path.Combine(GetOutputDirectory(), resource.Name) : GetOutputDirectory();
    }

    public string GetTempDirectory()
    {
        lock (_lock)
        {
            return _temporary ??= Directory.CreateTempSubdirectory("mlkit-publish-").FullName;
        }
    }

    public string GetTempDirectory(IResource resource) =>
        Directory.CreateDirectory(Path.Combine(GetTempDirectory(), resource.Name)).FullName;

    public void Dispose()
    {
        if (_temporary is not null && Directory.Exists(_temporary))
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }
}
