using MlKit.Dashboard.Telemetry;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OtlpExemplar = OpenTelemetry.Proto.Metrics.V1.Exemplar;

namespace MlKit.Dashboard.Transfer;

/// <summary>Turns kept series back into OTLP: totals and histograms are cumulative, replicas told apart by an attribute.</summary>
internal static class OtlpMetricMessages
{
    /// <summary>One instrument with its series.</summary>
    public static ResourceMetrics Of(Instrument instrument, IReadOnlyList<MetricSeries> series) => new()
    {
        Resource = OtlpMessages.Sender(instrument.Key.Resource, ""),
        ScopeMetrics = { new ScopeMetrics { Scope = new InstrumentationScope { Name = instrument.Key.Meter }, Metrics = { Metric(instrument, series) } } },
    };

    private static Metric Metric(Instrument instrument, IReadOnlyList<MetricSeries> series)
    {
        var metric = new Metric { Name = instrument.Key.Name, Unit = instrument.Unit, Description = instrument.Description };
        switch (instrument.Kind)
        {
            case InstrumentKind.Histogram:
                metric.Histogram = new Histogram { AggregationTemporality = AggregationTemporality.Cumulative, DataPoints = { series.SelectMany(Histograms) } };
                break;
            case InstrumentKind.Gauge:
                metric.Gauge = new Gauge { DataPoints = { series.SelectMany(Numbers) } };
                break;
            default:
                metric.Sum = new Sum
                {
                    AggregationTemporality = AggregationTemporality.Cumulative,
                    IsMonotonic = instrument.Kind == InstrumentKind.Counter,
                    DataPoints = { series.SelectMany(Numbers) },
                };
                break;
        }

        return metric;
    }

    private static IEnumerable<NumberDataPoint> Numbers(MetricSeries series)
    {
        NumberDataPoint? last = null;
        foreach (var (point, nanos) in Ends(series))
        {
            last = new NumberDataPoint { TimeUnixNano = (ulong)nanos, AsDouble = point.Value, Attributes = { OtlpMessages.Attributes(series.Attributes) } };
            if (nanos == series.Points[^1].EndNanos)
            {
                last.Exemplars.Add(Exemplars(series));
            }

            yield return last;
        }
    }

    private static IEnumerable<HistogramDataPoint> Histograms(MetricSeries series)
    {
        foreach (var (point, nanos) in Ends(series))
        {
            var histogram = new HistogramDataPoint { TimeUnixNano = (ulong)nanos, Sum = point.Value, Count = point.Count, Attributes = { OtlpMessages.Attributes(series.Attributes) } };
            if (point.Buckets is { } buckets)
            {
                histogram.ExplicitBounds.Add(buckets.Bounds);
                histogram.BucketCounts.Add(buckets.Counts);
            }

            if (nanos == series.Points[^1].EndNanos)
            {
                histogram.Exemplars.Add(Exemplars(series));
            }

            yield return histogram;
        }
    }

    // A value that stood still is kept as one point; its two ends say the same to whoever reads it in.
    private static IEnumerable<(MetricPoint Point, long Nanos)> Ends(MetricSeries series) =>
        series.Points.SelectMany(point => point.StartNanos < point.EndNanos ? new[] { (point, point.StartNanos), (point, point.EndNanos) } : [(point, point.EndNanos)]);

    private static IEnumerable<OtlpExemplar> Exemplars(MetricSeries series) => series.Exemplars.Select(exemplar => new OtlpExemplar
    {
        TimeUnixNano = (ulong)exemplar.TimeNanos,
        AsDouble = exemplar.Value,
        TraceId = OtlpMessages.Id(exemplar.TraceId),
        SpanId = OtlpMessages.Id(exemplar.SpanId),
    });
}
