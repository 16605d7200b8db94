namespace MlKit.Feast;

/// <summary>A column of a view's files.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">The DuckDB type to work with.</param>
/// <param name="ToFile">The expression that makes the file's type of it.</param>
/// <param name="Value">The value of a row.</param>
internal sealed record FileColumn(string Name, string Type, string ToFile, Func<int, object?> Value)
{
    /// <exception cref="FeastException">A column is absent, or of a type that files cannot hold.</exception>
    public static List<FileColumn> Of(CatalogView view, FeatureFrame rows)
    {
        var source = new SourceColumns(view);
        var columns = new List<FileColumn>();
        foreach (var (name, type) in view.JoinKeys.Where(key => key.Name != Entity.DummyJoinKey).Select(key => (key.Name, key.Type))
            .Concat(view.Features.Select(feature => (feature.Name, feature.Type))))
        {
            var column = rows[name];
            var duckType = DuckType.Of(type) ?? throw new FeastException($"feature '{view.Name}:{name}' is of type {type}, which cannot be written to files");
            columns.Add(new FileColumn(
                source.InFile(name), duckType, DuckType.ToFile(DuckType.Name(source.InFile(name)), type), row => OfflineValue.ForFile(column[row], type)));
        }

        columns.AddRange(new[] { view.TimestampField, view.CreatedTimestampColumn }.Where(name => name.Length > 0).Select(name => Time(rows[name])));
        return columns;
    }

    /// <summary>A column of instants.</summary>
    public static FileColumn Time(FeatureColumn column) => new(
        column.Name,
        "TIMESTAMP",
        DuckType.ToFile(DuckType.Name(column.Name), ValueType.UnixTimestamp),
        row => OfflineValue.EventTime(column[row], column.Name, row) is { } known ? OfflineValue.Utc(known) : null);
}
