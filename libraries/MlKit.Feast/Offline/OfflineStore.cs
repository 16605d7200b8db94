using DuckDB.NET.Data;

namespace MlKit.Feast;

/// <summary>Feature rows in Parquet files, read through DuckDB.</summary>
internal sealed class OfflineStore(string root, OfflineStoreOptions options, TimeProvider time)
{
    private const string TimeName = "event_timestamp";

    private readonly SourceFiles _files = new(root);

    /// <summary>Point-in-time join by the rules of Feast's DuckDB store; rows stay in the order given.</summary>
    public FeatureFrame Historical(
        FeatureFrame entities, IReadOnlyList<(CatalogView View, ViewSelection Selection)> views, bool fullNames, bool filterByCreated, CancellationToken cancellationToken)
    {
        var timeColumn = TimeColumn(entities);
        var times = new DateTime?[entities.RowCount];
        for (var row = 0; row < times.Length; row++)
        {
            times[row] = OfflineValue.EventTime(timeColumn[row], timeColumn.Name, row) is { } known ? OfflineValue.Utc(known) : null;
        }

        var features = new List<FeatureColumn>();
        using var session = new DuckSession(options);
        foreach (var (view, selection) in views)
        {
            cancellationToken.ThrowIfCancellationRequested();
            features.AddRange(Guard(view, () => JoinView(session, entities, times, view, selection, fullNames, filterByCreated)));
        }

        RefuseDuplicates(entities, features);
        return new FeatureFrame(entities.Columns.Concat(features));
    }

    /// <summary>The newest row per key with an event time from start to end, both inclusive, as they come.</summary>
    public IEnumerable<OnlineRow> Latest(CatalogView view, DateTimeOffset start, DateTimeOffset end)
    {
        using var session = new DuckSession(options);
        var query = PointInTimeSql.Latest(view, _files.Require(view), start, end);
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

    /// <summary>
    /// Writes rows of a view: a new file in the source's folder, or the source's own file, replaced as a whole.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="rows">Join keys, features, the timestamp column and the created column where there is one.</param>
    /// <param name="append">Whether older rows stay.</param>
    /// <param name="cancellationToken">Stops before the files change.</param>
    public void Write(CatalogView view, FeatureFrame rows, bool append, CancellationToken cancellationToken)
    {
        var path = _files.PathOf(view);
        if (path.Contains('*', StringComparison.Ordinal))
        {
            throw new FeastException($"feature view '{view.Name}' reads the pattern '{path}'; rows can be written to a folder or a .parquet file only");
        }

        var columns = FileColumns(view, rows);
        using var session = new DuckSession(options);
        DuckWriter.Fill(session, "rows", [.. columns.Select(column => (column.Name, column.Type))], rows.RowCount, (row, column) => columns[column].Value(row));
        cancellationToken.ThrowIfCancellationRequested();
        var select = $"SELECT {string.Join(", ", columns.Select(column => $"{column.ToFile} AS {DuckType.Name(column.Name)}"))} FROM rows";
        Guard(view, () =>
        {
            if (path.EndsWith(".parquet", StringComparison.Ordinal))
            {
                ParquetFiles.ReplaceFile(session, path, append && File.Exists(path), select);
            }
            else
            {
                ParquetFiles.AddToFolder(session, path, append, select, time);
            }

            return true;
        });
    }

    private IEnumerable<FeatureColumn> JoinView(
        DuckSession session, FeatureFrame entities, DateTime?[] times, CatalogView view, ViewSelection selection, bool fullNames, bool filterByCreated)
    {
        var keys = EntityKeys(entities, view, selection);
        var name = selection.Alias.Length > 0 ? selection.Alias : view.Name;
        var features = selection.Features.Select(feature => view.FindFeature(feature)
            ?? throw new FeastException($"'Feature {feature} not found in projection {name}'")).ToList();
        session.Run("DROP TABLE IF EXISTS entity");
        DuckWriter.Fill(
            session,
            "entity",
            [("row", "INTEGER"), ("ts", "TIMESTAMP"), .. keys.Select((key, i) => ($"k{i}", key.Type))],
            entities.RowCount,
            (row, column) => column switch { 0 => row, 1 => times[row], _ => keys[column - 2].Value(row) });

        var columns = features.Select((feature, i) => DuckColumn.For(feature.Type, i + 1, entities.RowCount)).ToList();
        using var reader = session.Read(PointInTimeSql.Join(view, features, _files.Require(view), filterByCreated));
        while (reader.Read())
        {
            var row = reader.GetInt32(0);
            foreach (var column in columns)
            {
                column.Take(reader, row);
            }
        }

        return features.Select((feature, i) => new FeatureColumn(fullNames ? $"{name}__{feature.Name}" : feature.Name, columns[i].Values));
    }

    private static List<(string Type, Func<int, object?> Value)> EntityKeys(FeatureFrame entities, CatalogView view, ViewSelection selection)
    {
        var keys = new List<(string Type, Func<int, object?> Value)>();
        foreach (var key in view.JoinKeys.Where(key => key.Name != Entity.DummyJoinKey))
        {
            var requestName = selection.JoinKeyMap.GetValueOrDefault(key.Name, key.Name);
            if (!entities.TryGet(requestName, out var column))
            {
                throw new FeastException(
                    $"the entity rows lack the join key '{requestName}' of feature view '{view.Name}'; they have {string.Join(", ", entities.Columns.Select(each => each.Name))}");
            }

            keys.Add((DuckType.Of(key.Type) ?? "VARCHAR", row => OfflineValue.ForFile(column[row], key.Type)));
        }

        return keys;
    }

    private static List<(string Name, string Type, string ToFile, Func<int, object?> Value)> FileColumns(CatalogView view, FeatureFrame rows)
    {
        var source = new SourceColumns(view);
        var columns = new List<(string Name, string Type, string ToFile, Func<int, object?> Value)>();
        foreach (var (name, type) in view.JoinKeys.Where(key => key.Name != Entity.DummyJoinKey).Select(key => (key.Name, key.Type))
            .Concat(view.Features.Select(feature => (feature.Name, feature.Type))))
        {
            var column = rows[name];
            var duckType = DuckType.Of(type) ?? throw new FeastException($"feature '{view.Name}:{name}' is of type {type}, which cannot be written to files");
            columns.Add((source.InFile(name), duckType, DuckType.ToFile(DuckType.Name(source.InFile(name)), type), row => OfflineValue.ForFile(column[row], type)));
        }

        foreach (var name in new[] { view.TimestampField, view.CreatedTimestampColumn }.Where(name => name.Length > 0))
        {
            var column = rows[name];
            columns.Add((name, "TIMESTAMP", DuckType.ToFile(DuckType.Name(name), ValueType.UnixTimestamp), row =>
                OfflineValue.EventTime(column[row], name, row) is { } known ? OfflineValue.Utc(known) : null));
        }

        return columns;
    }

    private static FeatureColumn TimeColumn(FeatureFrame entities)
    {
        if (entities.TryGet(TimeName, out var named))
        {
            return named;
        }

        var candidates = entities.Columns.Where(column =>
            column.Values is DateTimeOffset[] or DateTimeOffset?[] or DateTime[] or DateTime?[]).ToList();
        return candidates.Count == 1
            ? candidates[0]
            : throw new FeastException(
                $"the entity rows need a column '{TimeName}', or exactly one column of times; they have {candidates.Count}");
    }

    private static void RefuseDuplicates(FeatureFrame entities, List<FeatureColumn> features)
    {
        var duplicate = entities.Columns.Concat(features).GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1);
        if (duplicate is not null)
        {
            throw new FeastException(
                FeastError.Invalid,
                $"Duplicate features named {duplicate.Key} found.\nTo resolve this collision, either use the full feature name by setting 'full_feature_names=True', or ensure that the features in question have different names.",
                "FeatureNameCollisionError");
        }
    }

    private static T Guard<T>(CatalogView view, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (DuckDBException error)
        {
            throw new FeastException($"the files of feature view '{view.Name}' cannot be used: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeastException($"the files of feature view '{view.Name}' cannot be used: {error.Message}", error);
        }
    }
}
