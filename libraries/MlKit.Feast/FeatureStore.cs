using StackExchange.Redis;

namespace MlKit.Feast;

/// <summary>
/// Registry, online store and offline store of one project. Feature references are <c>view:feature</c>. Safe for use by
/// many threads.
/// </summary>
public sealed partial class FeatureStore : IAsyncDisposable
{
    private readonly FeatureStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly SourceFiles _files;
    private readonly OfflineStore _offline;
    private readonly OfflineWriter _writer;
    private readonly MaterializationRuns _runs;
    private readonly Lazy<IConnectionMultiplexer> _redis;
    private readonly Lazy<OnlineStore> _online;

    /// <summary>Opens a store; nothing is read and no connection made before the first use.</summary>
    /// <param name="options">Where the parts are.</param>
    /// <param name="time">The clock; the system's unless given.</param>
    /// <exception cref="FeastException">The project's name is not allowed.</exception>
    public FeatureStore(FeatureStoreOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        DefinitionRules.CheckProject(options.Project);
        _options = options;
        _time = time ?? TimeProvider.System;
        Registry = new RegistryStore(options.RegistryPath, _time, options.S3);
        _files = new SourceFiles(options.OfflinePath, options.Offline, options.S3);
        _offline = new OfflineStore(_files, options.Offline);
        _runs = new MaterializationRuns(Registry.Path, options.S3);
        _writer = new OfflineWriter(_files, options.Offline, _time);
        _redis = new Lazy<IConnectionMultiplexer>(Connect);
        _online = new Lazy<OnlineStore>(() => new OnlineStore(_redis.Value, options.Project, options.Online));
    }

    /// <summary>The registry's file.</summary>
    public RegistryStore Registry { get; }

    /// <summary>The project.</summary>
    public string Project => _options.Project;

    /// <summary>What the project declares now.</summary>
    /// <exception cref="FeastException">The registry cannot be read.</exception>
    public ProjectCatalog Catalog => Registry.Catalog(_options.Project);

    /// <summary>Brings the registry to the definitions; what others applied stays.</summary>
    /// <returns>What changed, as <c>feature view NAME</c> and so on; empty where all was there already.</returns>
    /// <exception cref="FeastException">A definition breaks a rule, or the registry cannot be written.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(FeatureDefinitions definitions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        IReadOnlyList<string> changed = [];
        await Registry.UpdateAsync(
            registry =>
            {
                changed = new RegistryApply(registry, _options.Project, Registry.Now()).Apply(definitions);
                return changed.Count > 0;
            },
            cancellationToken);
        return changed;
    }

    /// <summary>What <see cref="ApplyAsync"/> would do, without doing it.</summary>
    /// <returns><c>create KIND NAME</c> or <c>update KIND NAME</c>, for views with the schemas; empty where nothing would change.</returns>
    /// <exception cref="FeastException">A definition breaks a rule, or the registry cannot be read.</exception>
    public IReadOnlyList<string> Plan(FeatureDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var registry = Registry.Exists ? Registry.Load() : new Protos.Core.Registry();
        var before = new ProjectCatalog(registry, _options.Project);
        var known = RegistryApply.Names(registry, _options.Project);
        var changes = new RegistryApply(registry, _options.Project, Registry.Now()).Apply(definitions);
        var after = new ProjectCatalog(registry, _options.Project);
        return [.. changes.Select(change => $"{(known.Contains(change) ? "update" : "create")} {change}{Detail(change)}")];

        string Detail(string change)
        {
            const string kind = "feature view ";
            if (!change.StartsWith(kind, StringComparison.Ordinal))
            {
                return "";
            }

            var (old, now) = (before.FindView(change[kind.Length..])?.SchemaText, after.FindView(change[kind.Length..])?.SchemaText);
            return old is null ? $": {now}" : old == now ? "" : $": {old}  =>  {now}";
        }
    }

    /// <summary>
    /// A hash over a view's join keys, features and types: two sides that read the same schema have the same hash.
    /// </summary>
    /// <exception cref="FeastException">The registry has no such view.</exception>
    public string SchemaHash(string view) => Catalog.View(view).SchemaHash;

    /// <summary>Makes sure that the registry's view has the schema that a model or program was made for.</summary>
    /// <param name="view">Name of the view.</param>
    /// <param name="schemaHash">The hash that came with the model, or that the program was compiled with.</param>
    /// <exception cref="FeastException">The registry has no such view, or one of another schema.</exception>
    public void RequireSchema(string view, string schemaHash)
    {
        var found = Catalog.View(view);
        if (found.SchemaHash != schemaHash)
        {
            throw new FeastException(
                $"feature view '{view}' has another schema in the registry '{Registry.Path}' ({found.SchemaHash[..12]}: {found.SchemaText}) than the one that was expected ({schemaHash[..Math.Min(12, schemaHash.Length)]}); train or build again");
        }
    }

    /// <summary>Asks the online store for a sign of life and returns how long it took.</summary>
    /// <exception cref="FeastException">It does not answer (<see cref="FeastError.StoreUnavailable"/>).</exception>
    public Task<TimeSpan> PingOnlineStoreAsync(CancellationToken cancellationToken = default) => _online.Value.PingAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Registry.Dispose();
        _runs.Dispose();
        _files.Dispose();
        if (_redis.IsValueCreated)
        {
            await _redis.Value.DisposeAsync();
        }
    }

    private IConnectionMultiplexer Connect() => _options.Redis is { Length: > 0 } text
        ? ConnectionMultiplexer.Connect(RedisConnection.Parse(text))
        : throw new FeastException("this feature store has no online store; set the Redis connection string");
}
