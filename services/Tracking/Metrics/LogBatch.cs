using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Metrics;

/// <summary>Metrics, params and tags of one call, checked as a whole before anything is written.</summary>
internal sealed class LogBatch
{
    private const int MostMetrics = 1000;
    private const int MostParams = 100;
    private const int MostTags = 100;
    private const int MostTogether = 1000;

    private readonly List<MetricPoint> _metrics;
    private readonly List<KeyValue> _params;
    private readonly List<KeyValue> _tags;

    private LogBatch(List<MetricPoint> metrics, List<KeyValue> parameters, List<KeyValue> tags)
    {
        _metrics = metrics;
        _params = parameters;
        _tags = tags;
    }

    public static LogBatch Read(ApiRequest request)
    {
        var metrics = Limited(request.Objects("metrics"), "metrics", MostMetrics);
        var parameters = Limited(request.Objects("params"), "params", MostParams);
        var tags = Limited(request.Objects("tags"), "tags", MostTags);
        var together = metrics.Length + parameters.Length + tags.Length;
        if (together > MostTogether)
        {
            throw ApiException.Invalid(
                $"A batch can hold at most {MostTogether} metrics, params and tags together; it holds {together}.");
        }

        return new LogBatch(
            [.. metrics.Select(MetricFields.Read)],
            Distinct([.. parameters.Select(param => ParamStore.Check(param.RequiredText("key"), param.NameOf("key"), param.Text("value")))]),
            [.. tags.Select(tag => RunTags.Read(tag.RequiredText("key"), tag.NameOf("key"), tag.Text("value")))]);
    }

    public void Write(SqlSession session, Run run)
    {
        ParamStore.Log(session, run, _params);
        MetricStore.Log(session, run, _metrics);
        RunStore.SetTags(session, run, _tags);
    }

    private static JsonFields[] Limited(JsonFields[] items, string name, int most) => items.Length <= most
        ? items
        : throw ApiException.Invalid($"A batch can hold at most {most} {name}; it holds {items.Length}.");

    private static List<KeyValue> Distinct(List<KeyValue> parameters)
    {
        var twice = parameters.GroupBy(param => param.Key).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? parameters
            : throw ApiException.Invalid($"The batch holds the parameter key '{twice.Key}' more than once.");
    }
}
