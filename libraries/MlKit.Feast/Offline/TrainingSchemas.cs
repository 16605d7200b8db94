namespace MlKit.Feast;

/// <summary>
/// The schemas that training data were joined with: <c>view=hash,view=hash</c> in the metadata of Parquet files and Arrow
/// streams, under <see cref="Key"/>.
/// </summary>
internal static class TrainingSchemas
{
    public const string Key = "mlkit.view_schemas";

    public static string Of(IEnumerable<HistoricalView> views) =>
        string.Join(',', views.Select(view => $"{view.View.Name}={view.View.SchemaHash}").Distinct());

    /// <summary>What a Parquet file says, or null where it says nothing.</summary>
    /// <exception cref="FeastException">There is no such file, or it is none.</exception>
    public static string? Read(string parquetFile, OfflineStoreOptions options) => OfflineStore.Guard($"'{parquetFile}'", () =>
    {
        using var session = new DuckSession(options);
        using var reader = session.Read($"SELECT decode(value) FROM parquet_kv_metadata({DuckType.Text(parquetFile)}) WHERE decode(key) = '{Key}'");
        return reader.Read() ? reader.GetString(0) : null;
    });

    /// <summary>The views and hashes of such a text.</summary>
    public static IEnumerable<(string View, string Hash)> Parse(string text) =>
        text.Split(',').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).Select(part => (part[0], part[1]));
}
