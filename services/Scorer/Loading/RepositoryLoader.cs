using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Loading;

/// <summary>Loads every model of the repository folder at start; one that fails does not keep the others out.</summary>
internal sealed partial class RepositoryLoader(
    ScorerOptions options, ModelCatalog catalog, ModelLoader loader, ILogger<RepositoryLoader> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Models load beside the server, which answers /alive and says what is missing meanwhile.
        await Task.Yield();
        if (options.ModelRepository is { } root)
        {
            var repository = new ModelRepository(root);
            var names = repository.Models.ToList();
            names.ForEach(name => catalog.Await(name, "it is being loaded"));
            foreach (var name in names)
            {
                await LoadModelAsync(repository, name, stoppingToken);
            }
        }

        catalog.Complete();
    }

    private async Task LoadModelAsync(ModelRepository repository, string name, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var version in repository.Versions(name))
            {
                await LoadVersionAsync(name, version, cancellationToken);
            }
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            LogModelRefused(name, error.Message);
            catalog.Await(name, error.Message);
        }
    }

    private async Task LoadVersionAsync(string name, RepositoryVersion version, CancellationToken cancellationToken)
    {
        try
        {
            var model = await loader.LoadAsync(name, version.Version, version.File, version.Config, cancellationToken);
            catalog.Add(model);
            LogLoaded(name, version.Version, model.Digest);
        }
        catch (InferenceException error)
        {
            LogVersionRefused(name, version.Version, error.Message);
            catalog.Fail(name, version.Version, error.Message);
            catalog.Settle(name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded model {Model} version {Version} (sha256 {Digest})")]
    private partial void LogLoaded(string model, string version, string digest);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Model} version {Version} cannot be served: {Reason}")]
    private partial void LogVersionRefused(string model, string version, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Model} cannot be served: {Reason}")]
    private partial void LogModelRefused(string model, string reason);
}
