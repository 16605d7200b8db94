using Google.Protobuf.WellKnownTypes;
using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <content>From the files to the online store.</content>
public sealed partial class FeatureStore
{
    /// <summary>How far back the first incremental run of a view without a ttl looks.</summary>
    private static readonly TimeSpan FirstWindow = TimeSpan.FromDays(52 * 7);

    /// <summary>
    /// Writes the newest row per entity with an event time from start to end (both inclusive) to the online store, and
    /// records the interval in the registry.
    /// </summary>
    /// <param name="start">Begin of the window; before the end.</param>
    /// <param name="end">End of the window.</param>
    /// <param name="views">Names of views; null: all that are online and enabled.</param>
    /// <param name="progress">Is told after each pipeline and each view.</param>
    /// <param name="cancellationToken">Stops between pipelines.</param>
    /// <returns>Rows written, by view.</returns>
    /// <exception cref="FeastException">The window is empty, a view is unknown or not online, or a store fails.</exception>
    public Task<IReadOnlyDictionary<string, int>> MaterializeAsync(
        DateTimeOffset start,
        DateTimeOffset end,
        IReadOnlyList<string>? views = null,
        IProgress<MaterializationProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        start < end
            ? MaterializeEachAsync(_ => start, end, views, progress, cancellationToken)
            : throw new FeastException($"the window must start before it ends, but {start:O} is not before {end:O}");

    /// <summary>
    /// The same from where each view's last run ended: at first from its ttl before now, or 52 weeks before now where
    /// it has none.
    /// </summary>
    /// <inheritdoc cref="MaterializeAsync"/>
    /// <param name="end">End of the window.</param>
    /// <param name="views">Names of views; null: all that are online and enabled.</param>
    /// <param name="progress">Is told after each pipeline and each view.</param>
    /// <param name="cancellationToken">Stops between pipelines.</param>
    /// <remarks>
    /// A run that was broken off is repeated as it was: views that were done start at their recorded end, and of the one
    /// at work the rows that are stored already are only compared.
    /// </remarks>
    public Task<IReadOnlyDictionary<string, int>> MaterializeIncrementalAsync(
        DateTimeOffset end,
        IReadOnlyList<string>? views = null,
        IProgress<MaterializationProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        MaterializeEachAsync(IncrementalStart, end, views, progress, cancellationToken);

    /// <summary>The views that a materialization of these names means, checked.</summary>
    /// <param name="views">Names of views; null: all that are online and enabled.</param>
    /// <exception cref="FeastException">A view is unknown or not online.</exception>
    public IReadOnlyList<CatalogView> MaterializableViews(IReadOnlyList<string>? views)
    {
        var catalog = Catalog;
        return views is null
            ? [.. catalog.Views.Where(view => view is { Online: true, Disabled: false })]
            : [.. views.Select(name => RequireOnline(catalog, name))];
    }

    /// <summary>
    /// Makes views that a broken run left in state MATERIALIZING servable again, with the values that the store has.
    /// </summary>
    /// <returns>The names of the views that were so.</returns>
    /// <exception cref="FeastException">The registry cannot be written.</exception>
    public async Task<IReadOnlyList<string>> ResetMaterializingAsync(IReadOnlyList<string> views, CancellationToken cancellationToken = default)
    {
        List<string> reset = [];
        await Registry.UpdateAsync(
            registry =>
            {
                reset = [.. views.Where(view => MetaOf(registry, view).State == Proto.FeatureViewState.Materializing)];
                foreach (var view in reset)
                {
                    MetaOf(registry, view).State = Proto.FeatureViewState.AvailableOnline;
                }

                return reset.Count > 0;
            },
            cancellationToken);
        return reset;
    }

    private async Task<IReadOnlyDictionary<string, int>> MaterializeEachAsync(
        Func<CatalogView, DateTimeOffset> start,
        DateTimeOffset end,
        IReadOnlyList<string>? names,
        IProgress<MaterializationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var views = MaterializableViews(names);
        var written = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var view in views)
        {
            var from = start(view);
            var rows = 0L;
            written[view.Name] = await Task.Run(
                () => _online.Value.WriteAsync(view, view.Features, _offline.LatestAsync(view, from, end, cancellationToken), cancellationToken, (looked, wrote) =>
                {
                    rows = looked;
                    progress?.Report(new MaterializationProgress(view.Name, looked, wrote, false, written.Count, views.Count));
                }),
                cancellationToken);
            await RenewVectorsAsync(view, from, end, cancellationToken);
            await RecordAsync(view.Name, from, end, cancellationToken);
            await _runs.AddAsync(new MaterializationRun(view.Name, from, end, _time.GetUtcNow()), cancellationToken);
            progress?.Report(new MaterializationProgress(view.Name, rows, written[view.Name], true, written.Count, views.Count));
        }

        return written;
    }

    /// <summary>Feature services whose features Feast keeps ready made get those of the entities that the view has rows of.</summary>
    private async Task RenewVectorsAsync(CatalogView view, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var catalog = Catalog;
        foreach (var service in catalog.Services.Where(service => service.Spec.PrecomputeOnline
            && service.Spec.Features.Any(projection => projection.FeatureViewName == view.Name)
            && !service.Spec.Features.Any(projection => catalog.IsOnDemand(projection.FeatureViewName))))
        {
            if (OnlinePlan.ForService(catalog, service.Spec.Name, fullNames: true, _online.Value).Vectors is { } vectors)
            {
                await Task.Run(() => vectors.RebuildAsync(_offline.LatestAsync(view, start, end, cancellationToken), view, _time, cancellationToken), cancellationToken);
            }
        }
    }

    private DateTimeOffset IncrementalStart(CatalogView view)
    {
        if (view.MaterializedUntil is { } last)
        {
            return last;
        }

        return view.Ttl switch
        {
            null => throw new FeastException($"feature view '{view.Name}' has neither a ttl nor a recorded materialization; name the start of the window"),
            { Ticks: > 0 } ttl => _time.GetUtcNow() - ttl,
            _ => _time.GetUtcNow() - FirstWindow,
        };
    }

    private static CatalogView RequireOnline(ProjectCatalog catalog, string name) => catalog.IsOnDemand(name)
        ? throw new FeastException($"OnDemandFeatureView {name} is not configured for write_to_online_store.")
        : RequireOnline(catalog.View(name));

    private static CatalogView RequireOnline(CatalogView view) => view switch
    {
        { Disabled: true } => throw new FeastException($"FeatureView {view.Name} is disabled. Enable it before materializing."),
        { Online: false } => throw new FeastException($"FeatureView {view.Name} is not configured to be served online."),
        _ => view,
    };

    private Task RecordAsync(string view, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken) =>
        Registry.UpdateAsync(
            registry =>
            {
                var now = Registry.Now();
                var interval = new Proto.MaterializationInterval { StartTime = start.ToTimestamp(), EndTime = end.ToTimestamp() };
                var meta = MetaOf(registry, view);
                meta.MaterializationIntervals.Add(interval);
                meta.LastUpdatedTimestamp = now;
                meta.State = Proto.FeatureViewState.AvailableOnline;
                return true;
            },
            cancellationToken);

    private Proto.FeatureViewMeta MetaOf(Proto.Registry registry, string name)
    {
        if (registry.FeatureViews.FirstOrDefault(view => view.Spec.Project == Project && view.Spec.Name == name) is { } plain)
        {
            return plain.Meta ??= new Proto.FeatureViewMeta();
        }

        var stream = registry.StreamFeatureViews.FirstOrDefault(view => view.Spec.Project == Project && view.Spec.Name == name)
            ?? throw new FeastException(FeastError.NotFound, $"Feature view {name} does not exist in project {Project}", "FeatureViewNotFoundException");
        return stream.Meta ??= new Proto.FeatureViewMeta();
    }
}
