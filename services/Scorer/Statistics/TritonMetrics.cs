using System.Globalization;
using System.Text;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Statistics;

/// <summary>The counters under Triton's names, in Prometheus' text format; times in microseconds.</summary>
internal static class TritonMetrics
{
    private const long Microsecond = 1000;

    private static readonly (string Name, string Help, Func<CounterTotals, long> Value)[] Counters =
    [
        ("nv_inference_request_success", "Number of successful inference requests, all batch sizes", totals => totals.Success),
        ("nv_inference_count", "Number of inferences performed (rows of batches)", totals => totals.Rows),
        ("nv_inference_exec_count", "Number of model executions performed", totals => totals.Runs),
        ("nv_inference_request_duration_us", "Cumulative inference request duration in microseconds", totals => totals.RequestTime / Microsecond),
        ("nv_inference_queue_duration_us", "Cumulative inference queuing duration in microseconds", totals => totals.QueueTime / Microsecond),
        ("nv_inference_compute_input_duration_us", "Cumulative compute input duration in microseconds", totals => totals.InputTime / Microsecond),
        ("nv_inference_compute_infer_duration_us", "Cumulative compute inference duration in microseconds", totals => totals.InferTime / Microsecond),
        ("nv_inference_compute_output_duration_us", "Cumulative compute output duration in microseconds", totals => totals.OutputTime / Microsecond),
    ];

    public static string Write(ModelCatalog catalog)
    {
        var models = catalog.Entries.SelectMany(entry => entry.Versions.Values)
            .Select(model => (Labels: $"model=\"{Escape(model.Name)}\",version=\"{Escape(model.Version)}\"", Totals: model.Counters.Totals(), model.Scheduler.Pending))
            .ToList();
        var text = new StringBuilder();
        foreach (var (name, help, value) in Counters)
        {
            Head(text, name, help, "counter");
            models.ForEach(model => Line(text, name, model.Labels, value(model.Totals)));
        }

        const string failure = "nv_inference_request_failure";
        Head(text, failure, "Number of failed inference requests, by reason", "counter");
        foreach (var (labels, totals, _) in models)
        {
            foreach (var reason in Enum.GetValues<FailureReason>())
            {
                Line(text, failure, $"{labels},reason=\"{reason.ToString().ToUpperInvariant()}\"", totals.Failures[(int)reason]);
            }
        }

        const string pending = "nv_inference_pending_request_count";
        Head(text, pending, "Number of requests that wait to be executed", "gauge");
        models.ForEach(model => Line(text, pending, model.Labels, model.Pending));
        Process(text);
        return text.ToString();
    }

    private static void Process(StringBuilder text)
    {
        Head(text, "nv_cpu_memory_total_bytes", "Memory that the process may use", "gauge");
        Line(text, "nv_cpu_memory_total_bytes", "", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        Head(text, "nv_cpu_memory_used_bytes", "Memory of the process, native memory included", "gauge");
        Line(text, "nv_cpu_memory_used_bytes", "", Environment.WorkingSet);
    }

    private static void Head(StringBuilder text, string name, string help, string type) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n').Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder text, string name, string labels, long value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
