using MlKit.Tracking.Http;

namespace MlKit.Tracking.Metrics;

/// <summary>Reads metric points of requests.</summary>
internal static class MetricFields
{
    public static MetricPoint Read(JsonFields fields) => Point(
        fields.RequiredText("key"), fields.NameOf("key"), Value(fields), fields.Int64("timestamp"),
        fields.NameOf("timestamp"), fields.Int64("step"), fields.Text("model_id"), fields.Text("dataset_name"),
        fields.Text("dataset_digest"));

    public static MetricPoint Read(ApiRequest request) => Point(
        request.RequiredText("key"), "key",
        request.Double("value") ?? throw ApiException.MissingParameter("value"), request.Int64("timestamp"),
        "timestamp", request.Int64("step"), request.Text("model_id"), request.Text("dataset_name"),
        request.Text("dataset_digest"));

    private static double Value(JsonFields fields) =>
        fields.Double("value") ?? throw ApiException.MissingParameter(fields.NameOf("value"));

    private static MetricPoint Point(
        string key, FieldName keyName, double value, long? timestamp, FieldName timestampName, long? step, string? modelId,
        string? datasetName, string? datasetDigest)
    {
        NameRules.Key(key, keyName, "metric name");
        if (timestamp is not { } time)
        {
            throw ApiException.MissingParameter(timestampName);
        }

        if (time < 0)
        {
            throw ApiException.Invalid(
                $"Invalid value {time} for parameter '{timestampName}' supplied: it must be milliseconds since 1970, not negative.");
        }

        var isNan = double.IsNaN(value);
        var stored = isNan ? 0 : Math.Clamp(value, double.MinValue, double.MaxValue);
        return new MetricPoint(key, stored, isNan, time, step ?? 0, OrNull(modelId), OrNull(datasetName), OrNull(datasetDigest));
    }

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
