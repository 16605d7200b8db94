using System.Data.Common;
using System.Globalization;

namespace MlKit.Tracking.Runs;

/// <summary>A run's row; <c>Number</c> is the small number that its other rows carry.</summary>
internal sealed record Run(
    long Number, string RunId, long ExperimentId, string Name, string UserId, RunStatus Status, long StartTime,
    long? EndTime, string ArtifactUri, bool Deleted)
{
    public const string Columns = "r.run, r.run_id, r.experiment_id, r.name, r.user_id, r.status, r.start_time, r.end_time, "
        + "r.artifact_uri, r.deleted";

    public static Run Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), (RunStatus)row.GetInt64(5),
        row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.GetString(8), row.GetInt64(9) != 0);

    public RunInfoMessage ToMessage() => new(
        RunId, RunId, Name, ExperimentId.ToString(CultureInfo.InvariantCulture), UserId, Status, StartTime,
        EndTime is 0 ? null : EndTime, ArtifactUri, Deleted ? "deleted" : "active");
}
