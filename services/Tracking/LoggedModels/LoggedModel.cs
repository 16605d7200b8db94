using System.Data.Common;

namespace MlKit.Tracking.LoggedModels;

/// <summary>A logged model's row; <c>Number</c> is the small number that its other rows carry.</summary>
internal sealed record LoggedModel(
    long Number, string ModelId, long ExperimentId, string Name, string? ModelType, string? SourceRunId,
    LoggedModelStatus Status, string? StatusMessage, string ArtifactUri, long CreationTime, long LastUpdateTime)
{
    public const string Columns = "m.model, m.model_id, m.experiment_id, m.name, m.model_type, m.source_run_id, m.status, "
        + "m.status_message, m.artifact_uri, m.creation_time, m.last_update_time";

    public static LoggedModel Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), Text(row, 4), Text(row, 5),
        (LoggedModelStatus)row.GetInt64(6), Text(row, 7), row.GetString(8), row.GetInt64(9), row.GetInt64(10));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
