using MlKit.Dashboard.Telemetry;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Metrics.V1;
using Exemplar = MlKit.Dashboard.Telemetry.Exemplar;
using OtlpExemplar = OpenTelemetry.Proto.Metrics.V1.Exemplar;

namespace MlKit.Dashboard.Otlp;

/// <summary>Stores the points of OTLP requests.</summary>
internal sealed class MetricIngest(MetricStore store, OtlpResources resources, OtlpAttributes attributes, OtlpStatistics statistics)
{
    private const string TooManySeries = "too many instruments or sets of attributes; see Dashboard:TelemetryLimits:MaxDimensionCount";
    private const string NotSupported = "summaries and metrics without data are not kept";
    private const uint NoRecordedValue = (uint)DataPointFlags.NoRecordedValueMask;

    /// <summary>Stores what has a place and says what has not.</summary>
    public IngestResult Add(ExportMetricsServiceRequest request)
    {
        var batch = new Batch();
        foreach (var group in request.ResourceMetrics)
        {
            var resource = resources.Resolve(group.Resource);
            foreach (var scope in group.ScopeMetrics)
            {
                var meter = attributes.Share(scope.Scope?.Name ?? "");
                foreach (var metric in scope.Metrics)
                {
                    if (resource is null)
                    {
                        batch.Refuse(IngestResult.TooManyResources);
                    }
                    else
                    {
                        AddMetric(metric, resource, meter, batch);
                    }
                }
            }
        }

        store.Changes.Raise();
        var result = new IngestResult(batch.Accepted, batch.Rejected, batch.Reason);
        statistics.Count("metric points", result);
        return result;
    }

    private void AddMetric(Metric metric, TelemetryResource resource, string meter, Batch batch)
    {
        Instrument Describe(InstrumentKind kind) => new(
            new InstrumentKey(resource.Name, meter, attributes.Share(metric.Name)), kind, attributes.Share(metric.Unit), attributes.Share(metric.Description));

        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Gauge:
                AddNumbers(Describe(InstrumentKind.Gauge), resource, metric.Gauge.DataPoints, isDelta: false, batch);
                break;
            case Metric.DataOneofCase.Sum:
                AddNumbers(
                    Describe(metric.Sum.IsMonotonic ? InstrumentKind.Counter : InstrumentKind.UpDownCounter),
                    resource, metric.Sum.DataPoints, IsDelta(metric.Sum.AggregationTemporality), batch);
                break;
            case Metric.DataOneofCase.Histogram:
                AddHistograms(Describe(InstrumentKind.Histogram), resource, metric.Histogram, batch);
                break;
            case Metric.DataOneofCase.ExponentialHistogram:
                AddExponential(Describe(InstrumentKind.Histogram), resource, metric.ExponentialHistogram, batch);
                break;
            default:
                batch.Refuse(NotSupported);
                break;
        }
    }

    private void AddNumbers(Instrument instrument, TelemetryResource resource, IEnumerable<NumberDataPoint> points, bool isDelta, Batch batch)
    {
        foreach (var point in points.Where(point => (point.Flags & NoRecordedValue) == 0))
        {
            var value = point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble;
            var time = OtlpTime.Nanos(point.TimeUnixNano);
            batch.Count(store.Add(instrument, Dimension(point.Attributes, resource), new MetricPoint(time, time, value), isDelta, Exemplars(point.Exemplars)), TooManySeries);
        }
    }

    private void AddHistograms(Instrument instrument, TelemetryResource resource, Histogram histogram, Batch batch)
    {
        foreach (var point in histogram.DataPoints.Where(point => (point.Flags & NoRecordedValue) == 0))
        {
            if (point.BucketCounts.Count != 0 && point.BucketCounts.Count != point.ExplicitBounds.Count + 1)
            {
                batch.Refuse("a histogram's bucket_counts must be one more than its explicit_bounds");
                continue;
            }

            var time = OtlpTime.Nanos(point.TimeUnixNano);
            var buckets = point.BucketCounts.Count == 0 ? null : new HistogramBuckets([.. point.ExplicitBounds], [.. point.BucketCounts]);
            var stored = new MetricPoint(time, time, point.Sum, point.Count, buckets);
            batch.Count(store.Add(instrument, Dimension(point.Attributes, resource), stored, IsDelta(histogram.AggregationTemporality), Exemplars(point.Exemplars)), TooManySeries);
        }
    }

    private void AddExponential(Instrument instrument, TelemetryResource resource, ExponentialHistogram histogram, Batch batch)
    {
        foreach (var point in histogram.DataPoints.Where(point => (point.Flags & NoRecordedValue) == 0))
        {
            if (ExponentialBuckets.Convert(point) is not { } buckets)
            {
                batch.Refuse($"an exponential histogram must have a scale from -10 to 20 and at most {ExponentialBuckets.MaxBuckets} buckets");
                continue;
            }

            var time = OtlpTime.Nanos(point.TimeUnixNano);
            var stored = new MetricPoint(time, time, point.Sum, point.Count, buckets);
            batch.Count(store.Add(instrument, Dimension(point.Attributes, resource), stored, IsDelta(histogram.AggregationTemporality), Exemplars(point.Exemplars)), TooManySeries);
        }
    }

    // Replicas of one service are series of one instrument.
    private KeyValuePair<string, string>[] Dimension(
        Google.Protobuf.Collections.RepeatedField<OpenTelemetry.Proto.Common.V1.KeyValue> given, TelemetryResource resource)
    {
        var copy = attributes.Copy(given);
        return resource.InstanceId.Length == 0 ? copy : [.. copy, new("service.instance.id", resource.InstanceId)];
    }

    private static IEnumerable<Exemplar> Exemplars(IEnumerable<OtlpExemplar> exemplars)
    {
        foreach (var exemplar in exemplars.OrderBy(exemplar => exemplar.TimeUnixNano))
        {
            if (TraceId.TryRead(exemplar.TraceId.Span, out var traceId) && SpanId.TryRead(exemplar.SpanId.Span, out var spanId))
            {
                var value = exemplar.ValueCase == OtlpExemplar.ValueOneofCase.AsInt ? exemplar.AsInt : exemplar.AsDouble;
                yield return new Exemplar(OtlpTime.Nanos(exemplar.TimeUnixNano), value, traceId, spanId);
            }
        }
    }

    private static bool IsDelta(AggregationTemporality temporality) => temporality == AggregationTemporality.Delta;

    private sealed class Batch
    {
        public int Accepted { get; private set; }

        public int Rejected { get; private set; }

        public string Reason { get; private set; } = "";

        public void Count(bool stored, string otherwise)
        {
            if (stored)
            {
                Accepted++;
            }
            else
            {
                Refuse(otherwise);
            }
        }

        public void Refuse(string reason)
        {
            Rejected++;
            Reason = reason;
        }
    }
}
