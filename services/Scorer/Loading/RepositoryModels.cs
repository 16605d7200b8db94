using System.Collections.Concurrent;
using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Loading;

/// <summary>Loads and unloads the models of the repository folder, and those that a load call brings.</summary>
/// <param name="options">The settings.</param>
/// <param name="uploads">Folder for the files of load calls.</param>
/// <param name="catalog">Where loaded models are served from.</param>
/// <param name="loader">Loads them.</param>
/// <param name="logger">Where loading is told.</param>
internal sealed partial class RepositoryModels(
    ScorerOptions options, string uploads, ModelCatalog catalog, ModelLoader loader, ILogger<RepositoryModels> logger)
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, string> _uploaded = new(StringComparer.Ordinal);

    /// <summary>The repository folder; null: there is none.</summary>
    public ModelRepository? Repository { get; } = options.ModelRepository is { } root ? new ModelRepository(root) : null;

    /// <summary>Loads every model at start; one that fails does not keep the others out.</summary>
    public async Task LoadAllAsync(CancellationToken cancellationToken)
    {
        RemoveFolder(uploads);
        var names = Repository?.Models.ToList() ?? [];
        names.ForEach(name => catalog.Await(name, "it is being loaded"));
        foreach (var name in names)
        {
            try
            {
                foreach (var source in Repository!.Versions(name))
                {
                    await LoadFirstAsync(source with { IsTrusted = options.TrustRepository }, cancellationToken);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogModelRefused(name, error.Message);
                catalog.Await(name, error.Message);
            }
        }
    }

    /// <summary>Loads a model, or loads it again; it replaces what is served only when all its versions are ready.</summary>
    /// <exception cref="InferenceException">It does not load, and nothing has changed; NotFound: there is no such model.</exception>
    public async Task LoadAsync(string name, LoadOverride instead, CancellationToken cancellationToken)
    {
        if (!ModelName.IsValid(name))
        {
            throw new InferenceException(InferenceErrorKind.InvalidArgument, $"'{name}' cannot be the name of a model: no separators, colons or leading dot");
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            var (repository, upload) = Stage(name, instead);
            try
            {
                var trusted = options.TrustRepository && upload is null;
                await ReplaceAsync(name, [.. repository.Versions(name, instead.Settings).Select(source => source with { IsTrusted = trusted, IsProbed = true })], cancellationToken);
                Keep(name, upload);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                RemoveFolder(upload);
                throw Refuse(name, error);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Takes a model out of service; requests in progress finish.</summary>
    /// <exception cref="InferenceException">NotFound: there is no such model.</exception>
    public async Task UnloadAsync(string name, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            catalog.Find(name);
            catalog.Unload(name);
            Keep(name, null);
            LogUnloaded(name);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The folder to load from: the repository, or one made of the files of the call.</summary>
    private (ModelRepository Repository, string? Upload) Stage(string name, LoadOverride instead)
    {
        if (instead.Files.Count == 0)
        {
            return Repository?.Has(name) == true
                ? (Repository, null)
                : throw new InferenceException(InferenceErrorKind.NotFound, $"the model repository has no folder '{name}'");
        }

        if (options.RequireGate)
        {
            throw new InferenceException(InferenceErrorKind.InvalidArgument, "files cannot be uploaded where MLKIT__SCORER__REQUIREGATE is true");
        }

        var upload = Path.Combine(uploads, $"{Guid.NewGuid():n}");
        instead.WriteTo(Directory.CreateDirectory(Path.Combine(upload, name)).FullName);
        return (new ModelRepository(upload), upload);
    }

    private async Task ReplaceAsync(string name, List<ModelSource> sources, CancellationToken cancellationToken)
    {
        var loaded = new List<LoadedModel>();
        try
        {
            foreach (var source in sources)
            {
                loaded.Add(await loader.LoadAsync(source, cancellationToken));
            }
        }
        catch
        {
            loaded.ForEach(model => model.Release());
            throw;
        }

        foreach (var replaced in catalog.Replace(name, loaded))
        {
            replaced.Release();
        }

        loaded.ForEach(model => LogLoaded(name, model.Version, model.Digest));
    }

    private async Task LoadFirstAsync(ModelSource source, CancellationToken cancellationToken)
    {
        try
        {
            var model = await loader.LoadAsync(source, cancellationToken);
            catalog.Add(model);
            LogLoaded(source.Name, source.Version, model.Digest);
        }
        catch (InferenceException error)
        {
            LogVersionRefused(source.Name, source.Version, error.Message);
            catalog.Fail(source.Name, source.Version, error.Message);
            catalog.Settle(source.Name);
        }
    }

    private InferenceException Refuse(string name, Exception error)
    {
        LogModelRefused(name, error.Message);
        if (catalog.Knows(name))
        {
            catalog.Await(name, $"the last load failed: {error.Message}");
        }

        return error as InferenceException is { Kind: not InferenceErrorKind.Unavailable } known
            ? known
            : new InferenceException(InferenceErrorKind.InvalidArgument, $"model '{name}' did not load: {error.Message}", error);
    }

    /// <summary>Remembers the folder of an upload, and deletes the one before it.</summary>
    private void Keep(string name, string? upload)
    {
        if (_uploaded.TryRemove(name, out var before))
        {
            RemoveFolder(before);
        }

        if (upload is not null)
        {
            _uploaded[name] = upload;
        }
    }

    private static void RemoveFolder(string? folder)
    {
        if (folder is not null && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded model {Model} version {Version} (sha256 {Digest})")]
    private partial void LogLoaded(string model, string version, string digest);

    [LoggerMessage(Level = LogLevel.Information, Message = "Unloaded model {Model}")]
    private partial void LogUnloaded(string model);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Model} version {Version} cannot be served: {Reason}")]
    private partial void LogVersionRefused(string model, string version, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Model} cannot be served: {Reason}")]
    private partial void LogModelRefused(string model, string reason);
}
