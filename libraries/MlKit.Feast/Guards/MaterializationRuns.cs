using System.Text.Json;
using System.Text.Json.Serialization;
using MlKit.Storage;

namespace MlKit.Feast;

/// <summary>
/// When which window of which view was materialized. Feast's registry keeps the windows but not the time of the run, so
/// a list of runs lies beside the registry (<c>registry.db.runs.json</c>).
/// </summary>
internal sealed partial class MaterializationRuns(string registryLocation, S3Options? s3) : IDisposable
{
    /// <summary>The newest runs that are kept.</summary>
    private const int Kept = 1000;

    private const int Attempts = 10;

    private readonly Lazy<(IObjectStore Store, string Key)> _place = new(() => ObjectLocation.Open(registryLocation + ".runs.json", s3));

    public async Task<KnownRuns> ReadAsync(CancellationToken cancellationToken)
    {
        var (runs, _) = await LoadAsync(cancellationToken);
        return new KnownRuns(runs);
    }

    /// <summary>Adds a run; another writer's run is kept.</summary>
    public async Task AddAsync(MaterializationRun run, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (runs, info) = await LoadAsync(cancellationToken);
                runs.Add(run);
                using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(runs.TakeLast(Kept).ToList(), RunsJson.Default.ListMaterializationRun));
                await _place.Value.Store.WriteAsync(
                    _place.Value.Key, content, info is null ? WriteCondition.IsAbsent : WriteCondition.IsStill(info), cancellationToken);
                return;
            }
            catch (ObjectChangedException) when (attempt < Attempts)
            {
            }
            catch (IOException error)
            {
                throw new FeastException(FeastError.Registry, $"the list of materializations beside '{registryLocation}' cannot be written: {error.Message}", null, error);
            }
        }
    }

    public void Dispose()
    {
        if (_place.IsValueCreated)
        {
            (_place.Value.Store as IDisposable)?.Dispose();
        }
    }

    private async Task<(List<MaterializationRun> Runs, ObjectInfo? Info)> LoadAsync(CancellationToken cancellationToken)
    {
        var (store, key) = _place.Value;
        if (await store.StatAsync(key, cancellationToken) is not { } info)
        {
            return ([], null);
        }

        try
        {
            await using var content = await store.OpenReadAsync(key, cancellationToken);
            return (await JsonSerializer.DeserializeAsync(content, RunsJson.Default.ListMaterializationRun, cancellationToken) ?? [], info);
        }
        catch (JsonException error)
        {
            throw new FeastException(FeastError.Registry, $"the list of materializations beside '{registryLocation}' is damaged: {error.Message}", null, error);
        }
    }

    [JsonSerializable(typeof(List<MaterializationRun>))]
    private sealed partial class RunsJson : JsonSerializerContext;
}
