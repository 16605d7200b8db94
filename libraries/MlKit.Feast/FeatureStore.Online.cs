using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <content>Reading and writing the online store.</content>
public sealed partial class FeatureStore
{
    /// <summary>The newest features of some entities.</summary>
    /// <param name="features">References <c>view:feature</c>.</param>
    /// <param name="entities">One column per join key, all equally long (<see cref="FeatureFrame.Columns"/> of a frame).</param>
    /// <param name="fullFeatureNames">Whether features are called <c>view__feature</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The join keys as sent, then one column per feature.</returns>
    /// <exception cref="FeastException">A name is unknown, keys are absent, or the store does not answer.</exception>
    public Task<OnlineFeatures> GetOnlineFeaturesAsync(
        IReadOnlyList<string> features, IReadOnlyList<FeatureColumn> entities, bool fullFeatureNames = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(entities);
        var catalog = Catalog;
        return Reader.ReadAsync(catalog, OnlinePlan.ForFeatures(catalog, features, fullFeatureNames, _online.Value), entities, cancellationToken);
    }

    /// <summary>The newest features of a feature service.</summary>
    /// <param name="featureService">Name of the service.</param>
    /// <param name="entities">One column per join key, all equally long.</param>
    /// <param name="fullFeatureNames">Whether features are called <c>view__feature</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The join keys as sent, then one column per feature.</returns>
    /// <exception cref="FeastException">A name is unknown, keys are absent, or the store does not answer.</exception>
    public Task<OnlineFeatures> GetOnlineFeaturesAsync(
        string featureService, IReadOnlyList<FeatureColumn> entities, bool fullFeatureNames = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(featureService);
        ArgumentNullException.ThrowIfNull(entities);
        var catalog = Catalog;
        return Reader.ReadAsync(catalog, OnlinePlan.ForService(catalog, featureService, fullFeatureNames, _online.Value), entities, cancellationToken);
    }

    /// <summary>
    /// Writes rows of a view to the online store in pipelines. A row that is not newer than the stored one is skipped.
    /// </summary>
    /// <param name="view">Name of the view.</param>
    /// <param name="rows">Join keys, all features, and the source's timestamp column.</param>
    /// <param name="cancellationToken">Stops between pipelines.</param>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="FeastException">A column is absent or holds values of another type, or the store does not answer.</exception>
    public Task<int> WriteOnlineAsync(string view, FeatureFrame rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return WriteOnlineAsync(Catalog.View(view), rows, cancellationToken);
    }

    /// <summary>Writes rows to every view that the push source feeds.</summary>
    /// <param name="pushSource">Name of the push source.</param>
    /// <param name="rows">Join keys, all features of the views, the timestamp column, the created column where there is one.</param>
    /// <param name="to">Where the rows go; with both, the files come first, so that nothing is served that the history lacks.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="FeastException">The source is unknown, a column is absent, or a store cannot be written.</exception>
    public async Task PushAsync(
        string pushSource, FeatureFrame rows, PushTarget to = PushTarget.Online, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var views = Catalog.ViewsOfPushSource(pushSource);
        foreach (var view in views)
        {
            RequireColumns(view, rows);
        }

        if (to is PushTarget.Offline or PushTarget.OnlineAndOffline)
        {
            // Views of one push source share its files: each file gets the rows once.
            foreach (var view in views.Where(_ => rows.RowCount > 0).DistinctBy(view => view.BatchSource?.FileOptions?.Uri))
            {
                await _writer.WriteAsync(view, rows, append: true, alsoOnline: to == PushTarget.OnlineAndOffline, cancellationToken);
            }
        }

        if (to is PushTarget.Online or PushTarget.OnlineAndOffline)
        {
            foreach (var view in views)
            {
                await WriteOnlineAsync(view, rows, cancellationToken);
            }
        }
    }

    private OnlineReader Reader => new(_online.Value, _time, _options.StrictStatuses);

    private async Task<int> WriteOnlineAsync(CatalogView view, FeatureFrame rows, CancellationToken cancellationToken)
    {
        RequireColumns(view, rows);
        if (rows.RowCount == 0 || view.Features.All(feature => IsAllNull(rows[feature.Name])))
        {
            return 0;
        }

        // All rows are converted before the first is written: a bad one in the middle leaves nothing behind.
        return await _online.Value.WriteAsync(view, view.Features, OnlineRows(view, rows).ToList(), cancellationToken);
    }

    private static IEnumerable<OnlineRow> OnlineRows(CatalogView view, FeatureFrame rows)
    {
        var keys = view.JoinKeys.Select(key => (key.Name, key.Type, Column: view.IsEntityless ? null : rows[key.Name])).ToArray();
        var features = view.Features.Select(feature => (feature.Name, feature.Type, Column: rows[feature.Name])).ToArray();
        var times = rows[view.TimestampField];
        OfflineValue.RequireOneFormat(times);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var time = OfflineValue.EventTime(times[row], times.Name, row)
                ?? throw new FeastException($"column '{times.Name}' row {row} has no time");
            yield return new OnlineRow(
                Array.ConvertAll(keys, key => key.Column is null ? new Value { StringVal = "" } : Key(key.Name, key.Type, key.Column[row], row)),
                EventTime.From(time),
                Array.ConvertAll(features, feature => Convert(feature.Name, feature.Type, feature.Column[row], row)));
        }
    }

    private static Value Key(string column, ValueType type, object? value, int row) =>
        Convert(column, type, value, row) is { ValCase: not Value.ValOneofCase.None } key ? key : throw new FeastException($"column '{column}' row {row}: a join key needs a value");

    private static Value Convert(string column, ValueType type, object? value, int row)
    {
        try
        {
            return FeastValue.From(value, type);
        }
        catch (FeastException error)
        {
            throw new FeastException($"column '{column}' row {row}: {error.Message}", error);
        }
    }

    private static void RequireColumns(CatalogView view, FeatureFrame rows)
    {
        if (rows.Columns.Count == 0)
        {
            return;
        }

        var needed = view.JoinKeys.Select(key => key.Name).Where(name => name != Entity.DummyJoinKey)
            .Concat(view.Features.Select(feature => feature.Name)).Append(view.TimestampField)
            .Concat(view.CreatedTimestampColumn.Length > 0 ? [view.CreatedTimestampColumn] : []);
        var missing = needed.Where(name => !rows.TryGet(name, out _)).ToList();
        if (missing.Count > 0)
        {
            throw new FeastException($"rows for feature view '{view.Name}' lack the columns {string.Join(", ", missing)}");
        }
    }

    private static bool IsAllNull(FeatureColumn column)
    {
        for (var row = 0; row < column.Count; row++)
        {
            if (!FeastValue.IsNull(column[row]))
            {
                return false;
            }
        }

        return true;
    }
}
