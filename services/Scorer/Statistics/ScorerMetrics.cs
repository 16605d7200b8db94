using System.Diagnostics.Metrics;
using MlKit.Scorer.Models;
using MlKit.Scorer.Onnx;

namespace MlKit.Scorer.Statistics;

/// <summary>The same counters as OpenTelemetry instruments, read when they are collected, and what concerns the process.</summary>
internal sealed class ScorerMetrics : IDisposable
{
    private const double Second = 1e9;
    private readonly Meter _meter = new("MlKit.Scorer");
    private readonly ModelCatalog _catalog;

    public ScorerMetrics(ModelCatalog catalog, ProviderChoice provider)
    {
        _catalog = catalog;
        _meter.CreateObservableCounter("mlkit.scorer.requests", Requests, "{request}", "Requests by model and outcome");
        Each("mlkit.scorer.rows", "{row}", "Rows of the requests that were answered", (totals, _) => totals.Rows);
        Each("mlkit.scorer.runs", "{run}", "Runs of the model", (totals, _) => totals.Runs);
        Each("mlkit.scorer.request.time", "s", "Time of answered requests from arrival to answer", (totals, _) => totals.RequestTime / Second);
        Each("mlkit.scorer.queue.time", "s", "Time that answered requests waited", (totals, _) => totals.QueueTime / Second);
        Each("mlkit.scorer.compute.time", "s", "Time that the model computed for answered requests", (totals, _) => totals.InferTime / Second);
        _meter.CreateObservableGauge("mlkit.scorer.queue.length", () => Measure((_, model) => model.Scheduler.Pending), "{request}", "Requests that wait");
        _meter.CreateObservableGauge("mlkit.scorer.queue.limit", () => Measure((_, model) => model.Scheduler.Admission.Limit), "{request}", "Requests that may be in progress now");
        _meter.CreateObservableGauge("mlkit.scorer.model.memory", () => Measure((_, model) => model.Bytes), "By", "Memory that loading the model took");
        _meter.CreateObservableGauge("mlkit.scorer.memory.native", () => Math.Max(0, Environment.WorkingSet - GC.GetTotalMemory(false)), "By", "Memory of the process beside the managed heap");
        _meter.CreateObservableGauge(
            "mlkit.scorer.provider.fallback",
            () => new Measurement<int>(provider.Warning is null ? 0 : 1, new KeyValuePair<string, object?>("provider", provider.Provider)),
            null, "1: models do not run where they should");
    }

    public void Dispose() => _meter.Dispose();

    private void Each(string name, string unit, string description, Func<CounterTotals, LoadedModel, double> value) =>
        _meter.CreateObservableCounter(name, () => Measure(value), unit, description);

    private IEnumerable<Measurement<double>> Measure(Func<CounterTotals, LoadedModel, double> value) =>
        Models().Select(model => new Measurement<double>(value(model.Counters.Totals(), model), Tags(model)));

    private IEnumerable<Measurement<long>> Requests() => Models().SelectMany(model =>
    {
        var totals = model.Counters.Totals();
        return Enum.GetValues<FailureReason>()
            .Select(reason => (Outcome: reason.ToString().ToLowerInvariant(), Count: totals.Failures[(int)reason]))
            .Prepend((Outcome: "success", Count: totals.Success))
            .Select(one => new Measurement<long>(one.Count, [.. Tags(model), new("outcome", one.Outcome)]));
    });

    private IEnumerable<LoadedModel> Models() => _catalog.Entries.SelectMany(entry => entry.Versions.Values);

    private static KeyValuePair<string, object?>[] Tags(LoadedModel model) => [new("model", model.Name), new("version", model.Version)];
}
