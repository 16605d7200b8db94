using System.Diagnostics;
using System.Diagnostics.Metrics;
using MlKit.Feast;

namespace MlKit.FeatureServer.Hosting;

/// <summary>
/// Measurements under the names that Feast's server gives them, so that dashboards made for Feast work. The exporter
/// adds <c>_total</c> to counters, and makes underscores of dots.
/// </summary>
internal sealed class FeastMetrics : IDisposable
{
    private static readonly double[] Seconds = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    private readonly Meter _meter = new("MlKit.FeatureServer");
    private readonly TimeProvider _time;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _onlineRequests;
    private readonly Histogram<long> _entities;
    private readonly Counter<long> _statuses;
    private readonly Histogram<double> _storeReads;
    private readonly Counter<long> _pushes;
    private readonly Counter<long> _materializations;
    private readonly Histogram<double> _materializationSeconds;

    public FeastMetrics(FeatureStore store, TimeProvider time)
    {
        _time = time;
        _requests = _meter.CreateCounter<long>("feast_feature_server_request", description: "Requests by endpoint and status.");
        _latency = Histogram("feast_feature_server_request_latency_seconds", Seconds, "Time of requests.");
        _onlineRequests = _meter.CreateCounter<long>("feast_online_features_request", description: "Online reads.");
        _entities = _meter.CreateHistogram<long>(
            "feast_online_features_entity_count", null, "Entities per online read.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 5, 10, 25, 50, 100, 250, 500, 1000] });
        _statuses = _meter.CreateCounter<long>("feast_online_features_status", description: "Values of online reads by view and status.");
        _storeReads = Histogram("feast_feature_server_online_store_read_duration_seconds", [.001, .. Seconds], "Time of online reads without HTTP.");
        _pushes = _meter.CreateCounter<long>("feast_push_request", description: "Pushes by source and target.");
        _materializations = _meter.CreateCounter<long>("feast_materialization_result", description: "Materializations of views by outcome.");
        _materializationSeconds = Histogram("feast_materialization_duration_seconds", [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600], "Time of materializations.");
        _meter.CreateObservableGauge("feast_feature_freshness_seconds", () => Freshness(store), description: "Age of the newest materialization.");
        _meter.CreateObservableGauge("feast_feature_server_cpu_usage", CpuShare, description: "Share of one processor since the start, in percent.");
        _meter.CreateObservableGauge("feast_feature_server_memory_usage", () => Environment.WorkingSet, description: "Resident bytes.");
    }

    public void Request(string endpoint, int status, TimeSpan time, OnlineRead? read)
    {
        _requests.Add(1, new("endpoint", endpoint), new("status", status >= 400 ? "error" : "success"));
        _latency.Record(
            time.TotalSeconds,
            new("endpoint", endpoint),
            new("feature_count", read?.FeatureBin ?? ""),
            new("feature_view_count", read?.ViewCount ?? ""));
    }

    public OnlineRead OnlineRead(int entities)
    {
        _onlineRequests.Add(1);
        _entities.Record(entities);
        return new OnlineRead(this, _time.GetTimestamp());
    }

    public void Pushed(string source, string mode) => _pushes.Add(1, new("push_source", source), new("mode", mode));

    public void Materialized(string view, bool success, TimeSpan time)
    {
        _materializations.Add(1, new("feature_view", view), new("status", success ? "success" : "failure"));
        _materializationSeconds.Record(time.TotalSeconds, new KeyValuePair<string, object?>("feature_view", view));
    }

    public void Dispose() => _meter.Dispose();

    internal void Read(long started, OnlineFeatures answer)
    {
        _storeReads.Record(_time.GetElapsedTime(started).TotalSeconds);
        if (_statuses.Enabled)
        {
            foreach (var (view, status, count) in answer.StatusCounts())
            {
                _statuses.Add(count, new("feature_view", view), new("status", Name(status)));
            }
        }
    }

    private Histogram<double> Histogram(string name, double[] bounds, string description) => _meter.CreateHistogram(
        name, null, description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    private IEnumerable<Measurement<double>> Freshness(FeatureStore store)
    {
        IReadOnlyCollection<CatalogView> views;
        try
        {
            views = store.Catalog.Views;
        }
        catch (FeastException)
        {
            yield break;
        }

        foreach (var view in views)
        {
            if (view.MaterializedUntil is { } end)
            {
                yield return new((_time.GetUtcNow() - end).TotalSeconds, new("feature_view", view.Name), new("project", store.Project));
            }
        }
    }

    private double CpuShare()
    {
        using var process = Process.GetCurrentProcess();
        return 100 * process.TotalProcessorTime.TotalSeconds / Math.Max(1e-3, (_time.GetUtcNow() - process.StartTime).TotalSeconds);
    }

    private static string Name(FieldStatus status) => status switch
    {
        FieldStatus.Present => "PRESENT",
        FieldStatus.NullValue => "NULL_VALUE",
        FieldStatus.NotFound => "NOT_FOUND",
        FieldStatus.OutsideMaxAge => "OUTSIDE_MAX_AGE",
        _ => "INVALID",
    };
}
