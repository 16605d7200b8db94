using MlKit.Dashboard.Telemetry;
using OpenTelemetry.Proto.Metrics.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>
/// Turns the buckets of an exponential histogram into explicit ones: bucket i of scale s spans (b^i, b^(i+1)] with
/// b = 2^(2^-s).
/// </summary>
internal static class ExponentialBuckets
{
    /// <summary>The most buckets of one sign; the SDKs' default is 160.</summary>
    public const int MaxBuckets = 1_024;

    /// <summary>The explicit buckets; null when the point's shape is not allowed.</summary>
    public static HistogramBuckets? Convert(ExponentialHistogramDataPoint point)
    {
        var negative = point.Negative?.BucketCounts.Count ?? 0;
        var positive = point.Positive?.BucketCounts.Count ?? 0;
        if (point.Scale is < -10 or > 20 || negative > MaxBuckets || positive > MaxBuckets)
        {
            return null;
        }

        var exponent = Math.Pow(2, -point.Scale);
        var bounds = new List<double>(negative + positive + 1);
        var counts = new List<ulong>(negative + positive + 2);
        for (var i = negative - 1; i >= 0; i--)
        {
            bounds.Add(-Bound(exponent, point.Negative!.Offset + i));
            counts.Add(point.Negative.BucketCounts[i]);
        }

        bounds.Add(positive > 0 ? Bound(exponent, point.Positive!.Offset) : 0);
        counts.Add(point.ZeroCount);
        for (var i = 0; i < positive; i++)
        {
            bounds.Add(Bound(exponent, point.Positive!.Offset + i + 1));
            counts.Add(point.Positive.BucketCounts[i]);
        }

        // Nothing lies above the last bound.
        counts.Add(0);
        return new HistogramBuckets([.. bounds], [.. counts]);
    }

    private static double Bound(double exponent, long index) => Math.Pow(2, exponent * index);
}
