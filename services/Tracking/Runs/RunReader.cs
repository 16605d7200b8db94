using System.Data.Common;
using MlKit.Tracking.Datasets;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Metrics;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Runs;

/// <summary>Puts a run together with everything that it logged.</summary>
internal static class RunReader
{
    public static RunMessage ToMessage(SqlSession session, Run run) => new(
        run.ToMessage(),
        new RunDataMessage(
            OrNull(MetricStore.Latest(session, run.Number)),
            OrNull(Pairs(session, "SELECT key, value FROM params WHERE run = $1 ORDER BY key", run.Number)),
            OrNull(Pairs(session, "SELECT key, value FROM tags WHERE run = $1 ORDER BY key", run.Number))),
        new RunInputsMessage(OrNull(DatasetStore.Inputs(session, run.Number)), OrNull(ModelInputs(session, run.Number))),
        new RunOutputsMessage(OrNull(ModelOutputs(session, run.Number))));

    private static List<KeyValue> Pairs(SqlSession session, string sql, long run) =>
        session.Query(sql, row => new KeyValue(row.GetString(0), row.GetString(1)), run);

    private static List<ModelInputMessage> ModelInputs(SqlSession session, long run) => session.Query(
        "SELECT model_id FROM run_model_inputs WHERE run = $1", row => new ModelInputMessage(row.GetString(0)), run);

    private static List<ModelOutputMessage> ModelOutputs(SqlSession session, long run) => session.Query(
        "SELECT model_id, step FROM run_model_outputs WHERE run = $1", Output, run);

    private static ModelOutputMessage Output(DbDataReader row) => new(row.GetString(0), row.GetInt64(1));

    private static List<T>? OrNull<T>(List<T> list) => list.Count == 0 ? null : list;
}
