using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MlKit.Tracking.Storage;

namespace MlKit.Bench.Tracking;

/// <summary>log-batch of 100 metrics by 8 clients, against prepared inserts of the same rows into the same tables.</summary>
internal static class LogBatchCase
{
    private const int Clients = 8;
    private const int MetricsPerBatch = 100;
    private const int RawRows = 600_000;

    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);

    public static async Task<bool> RunAsync()
    {
        using var folder = new ScratchFolder();
        double rate;
        double p99;
        await using (var server = await ServerProcess.TrackingAsync(folder.Path))
        {
            await RunClientsAsync(server, Warm);
            var cpu = server.CpuTime;
            var clock = Stopwatch.StartNew();
            var times = await RunClientsAsync(server, Measured);
            rate = times.Count * (double)MetricsPerBatch / clock.Elapsed.TotalSeconds;
            p99 = times.Order().ElementAt((int)(times.Count * 0.99));
            Report.Note("CPU of the server per batch", (server.CpuTime - cpu).TotalMilliseconds / times.Count, "ms");
        }

        var raw = Raw(Path.Combine(folder.Path, "raw.db"));
        Report.Note("rows per second through the server", rate, "1/s");
        Report.Note("rows per second of raw prepared inserts", raw, "1/s");
        return Report.AtLeast("rate compared with raw inserts", rate / raw, 0.40, "")
            & Report.AtMost("99th percentile of a batch", p99, 50, "ms");
    }

    private static async Task<List<double>> RunClientsAsync(ServerProcess server, TimeSpan time)
    {
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var runId = await Api.CreateRunAsync(server.Http);
            var times = new List<double>();
            var clock = Stopwatch.StartNew();
            for (var step = 0; clock.Elapsed < time; step++)
            {
                var batch = Api.Batch(runId, MetricsPerBatch, step);
                var start = Stopwatch.GetTimestamp();
                await Api.SendAsync(server.Http, "runs/log-batch", batch);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return times;
        }));
        return [.. (await Task.WhenAll(clients)).SelectMany(times => times)];
    }

    /// <summary>What the server writes for the same batches, without a server: one thread, transactions of 100,000 rows.</summary>
    private static double Raw(string file)
    {
        using (var database = new SqliteDatabase(file))
        {
        }

        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        using var point = Prepare(
            connection, "INSERT INTO metrics (run, key, timestamp, step, value, is_nan) VALUES ($1, $2, $3, $4, $5, $6)");
        using var latest = Prepare(
            connection,
            "INSERT INTO latest_metrics (run, key, timestamp, step, value, is_nan) VALUES ($1, $2, $3, $4, $5, $6) "
            + "ON CONFLICT (run, key) DO UPDATE SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step");
        var clock = Stopwatch.StartNew();
        var row = 0;
        while (row < RawRows)
        {
            using var transaction = connection.BeginTransaction();
            (point.Transaction, latest.Transaction) = (transaction, transaction);
            for (var end = row + 100_000; row < end; row++)
            {
                Insert(point, row);
                Insert(latest, row);
            }

            transaction.Commit();
        }

        return RawRows / clock.Elapsed.TotalSeconds;
    }

    /// <summary>The batches of the clients in turn.</summary>
    private static void Insert(SqliteCommand command, int row)
    {
        var batch = row / MetricsPerBatch;
        var (run, step, metric) = (batch % Clients, batch / Clients, row % MetricsPerBatch);
        command.Parameters[0].Value = (long)run;
        command.Parameters[1].Value = "metric_" + metric;
        command.Parameters[2].Value = 1_700_000_000_000 + step;
        command.Parameters[3].Value = (long)step;
        command.Parameters[4].Value = (step * 0.5) + metric;
        command.Parameters[5].Value = 0L;
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= 6; i++)
        {
            command.Parameters.Add(new SqliteParameter($"${i}", DBNull.Value));
        }

        command.Prepare();
        return command;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
