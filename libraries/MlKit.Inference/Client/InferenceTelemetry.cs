using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MlKit.Inference;

/// <summary>One call, seen from the client: a span and the duration.</summary>
internal readonly struct InferenceTelemetry : IDisposable
{
    private static readonly ActivitySource Source = new("MlKit.Inference");
    private static readonly Meter Meter = new("MlKit.Inference");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("mlkit.inference.client.duration", "s", "Time of a call with its repetitions");

    private readonly Activity? _activity;
    private readonly TagList _tags;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly string?[] _failure;

    private InferenceTelemetry(Activity? activity, TagList tags, TimeProvider time)
    {
        _activity = activity;
        _tags = tags;
        _time = time;
        _start = time.GetTimestamp();
        _failure = [null];
    }

    public static InferenceTelemetry Start(string method, string model, TimeProvider time)
    {
        var activity = Source.StartActivity($"{method} {model}".TrimEnd(), ActivityKind.Client);
        activity?.SetTag("mlkit.model", model);
        return new InferenceTelemetry(activity, new TagList { { "method", method }, { "model", model } }, time);
    }

    public void Fail(string reason)
    {
        _failure[0] = reason;
        _activity?.SetStatus(ActivityStatusCode.Error, reason);
        _activity?.SetTag("error.type", reason);
    }

    public void Dispose()
    {
        var tags = _tags;
        if (_failure[0] is { } reason)
        {
            tags.Add("error.type", reason);
        }

        Duration.Record(_time.GetElapsedTime(_start).TotalSeconds, tags);
        _activity?.Dispose();
    }
}
