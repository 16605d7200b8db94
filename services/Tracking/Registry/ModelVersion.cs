using System.Data.Common;

namespace MlKit.Tracking.Registry;

/// <summary>A version's row: <c>Source</c> is what the creator gave, <c>StorageLocation</c> where the files are.</summary>
internal sealed record ModelVersion(
    long Model, string ModelName, long Version, string? Description, string Source, string StorageLocation, string RunId,
    string RunLink, string Stage, string? ModelId, long CreationTime, long LastUpdateTime)
{
    public const string Columns = "v.model, m.name, v.version, v.description, v.source, v.storage_location, v.run_id, "
        + "v.run_link, v.stage, v.model_id, v.creation_time, v.last_update_time";

    public const string Tables = "model_versions v JOIN registered_models m ON m.model = v.model";

    public static ModelVersion Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4),
        row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9),
        row.GetInt64(10), row.GetInt64(11));
}
