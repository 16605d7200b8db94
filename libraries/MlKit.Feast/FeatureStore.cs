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
    private readonly OfflineStore _offline;
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
        Registry = new RegistryStore(options.RegistryPath, _time);
        _offline = new OfflineStore(Path.GetFullPath(options.OfflinePath), options.Offline, _time);
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

    /// <summary>
    /// A hash over a view's join keys, features and types: two sides that read the same schema have the same hash.
    /// </summary>
    /// <exception cref="FeastException">The registry has no such view.</exception>
    public string SchemaHash(string view) => Catalog.View(view).SchemaHash;

    /// <summary>Asks the online store for a sign of life and returns how long it took.</summary>
    /// <exception cref="FeastException">It does not answer (<see cref="FeastError.StoreUnavailable"/>).</exception>
    public Task<TimeSpan> PingOnlineStoreAsync(CancellationToken cancellationToken = default) => _online.Value.PingAsync(cancellationToken);

    /// <summary>
    /// Point-in-time join: for each entity row the newest feature row at or before its <c>event_timestamp</c> and
    /// within the view's ttl; nulls where there is none.
    /// </summary>
    /// <param name="entities">Join keys, <c>event_timestamp</c> (or one column of times), and anything else.</param>
    /// <param name="features">References <c>view:feature</c>.</param>
    /// <param name="fullFeatureNames">Whether features are called <c>view__feature</c>.</param>
    /// <param name="cancellationToken">Stops between views.</param>
    /// <returns>The entity columns, then one column per feature, view by view; rows in the order given.</returns>
    /// <exception cref="FeastException">A name is unknown, a join key is absent, or files cannot be read.</exception>
    public Task<FeatureFrame> GetHistoricalFeaturesAsync(
        FeatureFrame entities, IReadOnlyList<string> features, bool fullFeatureNames = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        return HistoricalAsync(
            entities, features.Count > 0 ? OnlinePlan.Selections(Catalog, features) : throw new FeastException("No features specified for retrieval"), fullFeatureNames, false, cancellationToken);
    }

    /// <summary>The same for the features of a feature service.</summary>
    /// <inheritdoc cref="GetHistoricalFeaturesAsync(FeatureFrame, IReadOnlyList{string}, bool, CancellationToken)"/>
    /// <param name="entities">Join keys, <c>event_timestamp</c> (or one column of times), and anything else.</param>
    /// <param name="featureService">Name of the service.</param>
    /// <param name="fullFeatureNames">Whether features are called <c>view__feature</c>.</param>
    /// <param name="cancellationToken">Stops between views.</param>
    public Task<FeatureFrame> GetHistoricalFeaturesAsync(
        FeatureFrame entities, string featureService, bool fullFeatureNames = false, CancellationToken cancellationToken = default) =>
        HistoricalAsync(entities, OnlinePlan.Selections(Catalog.Service(featureService)), fullFeatureNames, false, cancellationToken);

    /// <summary>
    /// Writes rows to a view's files: a new Parquet file in the source's folder, or the source's own file, replaced.
    /// </summary>
    /// <param name="view">Name of the view.</param>
    /// <param name="rows">Join keys, all features, the source's timestamp column, its created column where it has one.</param>
    /// <param name="append">Whether the rows that are there stay.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="FeastException">A column is absent or holds values of another type, or files cannot be written.</exception>
    public Task WriteOfflineAsync(string view, FeatureFrame rows, bool append = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var catalogView = Catalog.View(view);
        return Task.Run(() => _offline.Write(catalogView, rows, append, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_redis.IsValueCreated)
        {
            await _redis.Value.DisposeAsync();
        }
    }

    internal Task<FeatureFrame> HistoricalAsync(
        FeatureFrame entities, IReadOnlyList<ViewSelection> selections, bool fullNames, bool filterByCreated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var catalog = Catalog;
        var views = selections.Select(selection => (catalog.View(selection.View), selection)).ToList();
        return Task.Run(() => _offline.Historical(entities, views, fullNames, filterByCreated, cancellationToken), cancellationToken);
    }

    private IConnectionMultiplexer Connect() => _options.Redis is { Length: > 0 } text
        ? ConnectionMultiplexer.Connect(RedisConnection.Parse(text))
        : throw new FeastException("this feature store has no online store; set the Redis connection string");
}
