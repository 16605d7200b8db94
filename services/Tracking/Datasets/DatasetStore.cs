using System.Data.Common;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Datasets;

/// <summary>Reads and writes data sets and their use by runs. What was logged first wins.</summary>
internal static class DatasetStore
{
    private const int MostExperiments = 20;
    private const int MostSummaries = 1000;

    public static void Log(SqlSession session, Run run, IReadOnlyList<DatasetInputMessage> inputs)
    {
        foreach (var input in inputs)
        {
            var dataset = GetOrAdd(session, run.ExperimentId, input.Dataset);
            if (session.Execute(
                "INSERT INTO run_datasets (run, dataset) VALUES ($1, $2) ON CONFLICT DO NOTHING", run.Number, dataset) == 0)
            {
                continue;
            }

            var number = session.Number(
                "SELECT input FROM run_datasets WHERE run = $1 AND dataset = $2", run.Number, dataset);
            foreach (var tag in input.Tags ?? [])
            {
                session.Execute(
                    "INSERT INTO run_dataset_tags (input, key, value) VALUES ($1, $2, $3) "
                    + "ON CONFLICT (input, key) DO UPDATE SET value = excluded.value",
                    number, tag.Key, tag.Value);
            }
        }
    }

    public static List<DatasetInputMessage> Inputs(SqlSession session, long run)
    {
        var rows = session.Query(
            "SELECT i.input, d.name, d.digest, d.source_type, d.source, d.schema, d.profile FROM run_datasets i "
            + "JOIN datasets d ON d.dataset = i.dataset WHERE i.run = $1 ORDER BY i.input",
            row => (Input: row.GetInt64(0), Dataset: ReadDataset(row)), run);
        return [.. rows.Select(row => new DatasetInputMessage(Tags(session, row.Input), row.Dataset))];
    }

    public static DatasetSummariesReply Summaries(SqlSession session, IReadOnlyList<string> experimentIds)
    {
        if (experimentIds.Count is 0 or > MostExperiments)
        {
            throw ApiException.Invalid(
                $"A search for data sets must name 1 to {MostExperiments} experiment_ids; it names {experimentIds.Count}.");
        }

        var sql = new SqlBuilder().Append(
            "SELECT DISTINCT d.experiment_id, d.name, d.digest, t.value FROM datasets d "
            + "JOIN run_datasets i ON i.dataset = d.dataset JOIN runs r ON r.run = i.run AND r.deleted = 0 "
            + "LEFT JOIN run_dataset_tags t ON t.input = i.input AND t.key = 'mlflow.data.context' WHERE d.experiment_id IN ");
        sql.Append(sql.List([.. experimentIds.Select(id => (object)(ExperimentStore.TryParseId(id, out var number) ? number : -1))]));
        sql.Append($" ORDER BY d.experiment_id, d.name, d.digest LIMIT {MostSummaries}");
        var rows = session.Query(
            sql.Text,
            row => new DatasetSummaryMessage(
                row.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture), row.GetString(1), row.GetString(2),
                row.IsDBNull(3) ? null : row.GetString(3)),
            sql.Arguments);
        return new DatasetSummariesReply(rows.Count == 0 ? null : rows);
    }

    private static long GetOrAdd(SqlSession session, long experiment, DatasetMessage dataset)
    {
        session.Execute(
            "INSERT INTO datasets (experiment_id, name, digest, source_type, source, schema, profile) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            experiment, dataset.Name, dataset.Digest, dataset.SourceType, dataset.Source, dataset.Schema, dataset.Profile);
        return session.Number(
            "SELECT dataset FROM datasets WHERE experiment_id = $1 AND name = $2 AND digest = $3",
            experiment, dataset.Name, dataset.Digest)!.Value;
    }

    private static DatasetMessage ReadDataset(DbDataReader row) => new(
        row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6));

    private static List<KeyValue>? Tags(SqlSession session, long input)
    {
        var tags = session.Query(
            "SELECT key, value FROM run_dataset_tags WHERE input = $1 ORDER BY key",
            row => new KeyValue(row.GetString(0), row.GetString(1)), input);
        return tags.Count == 0 ? null : tags;
    }
}
