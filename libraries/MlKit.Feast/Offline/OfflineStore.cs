using DuckDB.NET.Data;

namespace MlKit.Feast;

/// <summary>Feature rows in Parquet files, read through DuckDB.</summary>
internal sealed class OfflineStore(SourceFiles files, OfflineStoreOptions options)
{
    /// <summary>Point-in-time join by the rules of Feast's DuckDB store; rows stay in the order given.</summary>
    public async Task<FeatureFrame> HistoricalAsync(
        FeatureFrame entities, IReadOnlyList<HistoricalView> views, bool fullNames, Func<HistoricalView, JoinRules> rules, CancellationToken cancellationToken)
    {
        var sources = await SourcesAsync(views, cancellationToken);
        return await Task.Run(
            () =>
            {
                using var session = new DuckSession(options);
                var table = new EntityTable(session, entities, views);
                var features = new List<FeatureColumn>();
                for (var i = 0; i < views.Count; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var (view, source) = (views[i], sources[i]);
                    features.AddRange(Guard(view.View, () => Join(session, entities.RowCount, table, view, source, fullNames, rules(view))));
                }

                RefuseDuplicates(entities.Columns.Concat(features).Select(column => column.Name));
                return new FeatureFrame(entities.Columns.Concat(features));
            },
            cancellationToken);
    }

    /// <summary>
    /// The same from files, for any number of rows: <paramref name="consume"/> gets a query over all columns of the
    /// result, in the order of the entity rows.
    /// </summary>
    public async Task<T> ExportAsync<T>(
        HistoricalRequest request, IReadOnlyList<HistoricalView> views, Func<DuckSession, string, T> consume, CancellationToken cancellationToken)
    {
        var (session, query) = await PrepareAsync(request, views, cancellationToken);
        using (session)
        {
            return await Task.Run(() => Guard("the entity rows", () => consume(session, query)), cancellationToken);
        }
    }

    /// <summary>The joins of an export, done; the session, which holds them, belongs to the caller.</summary>
    /// <remarks>
    /// Each join is a table of as many rows as there are entity rows, in their order, so that what is left is to read the
    /// tables side by side: no more memory is needed, whatever the number of rows.
    /// </remarks>
    public async Task<(DuckSession Session, string Query)> PrepareAsync(
        HistoricalRequest request, IReadOnlyList<HistoricalView> views, CancellationToken cancellationToken)
    {
        var sources = await SourcesAsync(views, cancellationToken);
        return await Task.Run(
            () =>
            {
                var session = new DuckSession(options);
                try
                {
                    return (session, Prepare(session, request, views, sources, cancellationToken));
                }
                catch (Exception)
                {
                    session.Dispose();
                    throw;
                }
            },
            cancellationToken);
    }

    /// <summary>The newest row per key with an event time from start to end, both inclusive, as they come.</summary>
    public async IAsyncEnumerable<OnlineRow> LatestAsync(
        CatalogView view, DateTimeOffset start, DateTimeOffset end, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = await files.RequireAsync(view, cancellationToken);
        using var session = new DuckSession(options);
        var query = PointInTimeSql.Latest(view, source, start, end);
        using var reader = Guard(view, () => session.Read(query));
        var keys = view.JoinKeys.Select((key, i) => (key.Type, Column: DuckColumn.For(key.Type, i + 1, 1))).ToList();
        var features = view.Features.Select((feature, i) => (feature.Type, Column: DuckColumn.For(feature.Type, keys.Count + i + 1, 1))).ToList();
        while (Guard(view, reader.Read))
        {
            yield return new OnlineRow(
                [.. keys.Select(key => Take(key.Column, key.Type))],
                EventTime.From(new DateTimeOffset(reader.GetDateTime(0), TimeSpan.Zero)),
                [.. features.Select(feature => Take(feature.Column, feature.Type))]);
        }

        Protos.Types.Value Take(DuckColumn column, ValueType type)
        {
            column.Take(reader, 0);
            var value = FeastValue.From(column.Values.GetValue(0), type);
            // pandas turns a missing instant of a file into "not a time", and Feast writes that.
            return type == ValueType.UnixTimestamp && value.ValCase == Protos.Types.Value.ValOneofCase.None
                ? new Protos.Types.Value { UnixTimestampVal = FeastValue.NotATime }
                : value;
        }
    }

    /// <summary>All rows of Parquet files.</summary>
    public FeatureFrame ReadFrame(string parquetFiles) => Guard($"'{parquetFiles}'", () =>
    {
        using var session = new DuckSession(options);
        var source = $"SELECT * FROM read_parquet({DuckType.Text(parquetFiles)})";
        var columns = EntityFile.Describe(session, source);
        session.Run($"CREATE TABLE rows AS {source}");
        using var count = session.Read("SELECT count(*) FROM rows");
        count.Read();
        var rowCount = (int)count.GetInt64(0);
        count.Dispose();
        var targets = columns.Select((column, i) => DuckColumn.For(DuckType.ToFeast(column.Type), i, rowCount)).ToList();
        using var reader = session.Read("SELECT * FROM rows");
        for (var row = 0; reader.Read(); row++)
        {
            targets.ForEach(target => target.Take(reader, row));
        }

        return new FeatureFrame(columns.Select((column, i) => new FeatureColumn(column.Name, targets[i].Values)));
    });

    /// <summary>Runs what reads or writes a view's files; the errors of the files and of DuckDB name the view.</summary>
    public static T Guard<T>(CatalogView view, Func<T> action) => Guard($"the files of feature view '{view.Name}'", action);

    private static string Prepare(
        DuckSession session, HistoricalRequest request, IReadOnlyList<HistoricalView> views, IReadOnlyList<IReadOnlyList<string>> sources, CancellationToken cancellationToken)
    {
        var entities = Guard($"the entity rows in '{request.EntityFiles}'", () => new EntityFile(session, request.EntityFiles));
        var columns = entities.Columns.Select(column => (column.Name, Sql: $"e.{DuckType.Name(column.Name)}")).ToList();
        var joins = "";
        var rules = JoinRules.Usual with { FilterByCreated = request.FilterByCreatedTimestamp };
        for (var i = 0; i < views.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (view, source) = (views[i], sources[i]);
            var features = view.Features();
            Guard(view.View, () => session.Run(
                $"CREATE TABLE j{i} AS {PointInTimeSql.Join(view.View, features, source, entities.Query(view), rules)}"));
            columns.AddRange(features.Select((feature, f) => (view.OutputName(feature, request.FullFeatureNames), $"j{i}.f{f}")));
            joins += $" POSITIONAL JOIN j{i}";
        }

        RefuseDuplicates(columns.Select(column => column.Name));
        var select = string.Join(", ", columns.Select(column => $"{column.Sql} AS {DuckType.Name(column.Name)}"));
        return $"SELECT {select} FROM entity e{joins}";
    }

    private static IEnumerable<FeatureColumn> Join(
        DuckSession session, int rowCount, EntityTable table, HistoricalView view, IReadOnlyList<string> source, bool fullNames, JoinRules rules)
    {
        var features = view.Features();
        var columns = features.Select((feature, i) => DuckColumn.For(feature.Type, i, rowCount)).ToList();
        using var reader = session.Read(PointInTimeSql.Join(view.View, features, source, table.Query(view), rules));
        for (var row = 0; reader.Read(); row++)
        {
            foreach (var column in columns)
            {
                column.Take(reader, row);
            }
        }

        return features.Select((feature, i) => new FeatureColumn(view.OutputName(feature, fullNames), columns[i].Values));
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> SourcesAsync(IReadOnlyList<HistoricalView> views, CancellationToken cancellationToken)
    {
        var sources = new List<IReadOnlyList<string>>(views.Count);
        foreach (var view in views)
        {
            sources.Add(await files.RequireAsync(view.View, cancellationToken));
        }

        return sources;
    }

    private static void RefuseDuplicates(IEnumerable<string> names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } duplicate)
        {
            throw new FeastException(
                FeastError.Invalid,
                $"Duplicate features named {duplicate.Key} found.\nTo resolve this collision, either use the full feature name by setting 'full_feature_names=True', or ensure that the features in question have different names.",
                "FeatureNameCollisionError");
        }
    }

    /// <summary>The same with another name for what is read.</summary>
    public static T Guard<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is DuckDBException or IOException or UnauthorizedAccessException)
        {
            throw new FeastException($"{what} cannot be used: {error.Message}", error);
        }
    }
}
