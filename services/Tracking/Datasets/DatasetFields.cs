using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Runs;

namespace MlKit.Tracking.Datasets;

/// <summary>Reads the data sets of a <c>runs/log-inputs</c> call.</summary>
internal static class DatasetFields
{
    private const int LongestName = 500;
    private const int LongestDigest = 36;
    private const int LongestSource = 65_535;
    private const int LongestSchema = 1_048_575;
    private const int LongestProfile = 16_777_215;
    private const int LongestTagKey = 255;
    private const int LongestTagValue = 500;

    public static IReadOnlyList<DatasetInputMessage> Read(ApiRequest request) =>
        [.. request.Objects("datasets").Select(input => new DatasetInputMessage(Tags(input), Dataset(input.Object("dataset"))))];

    private static DatasetMessage Dataset(JsonFields fields) => new(
        Required(fields, "name", LongestName),
        Required(fields, "digest", LongestDigest),
        Required(fields, "source_type", LongestName),
        Required(fields, "source", LongestSource),
        Optional(fields, "schema", LongestSchema),
        Optional(fields, "profile", LongestProfile));

    private static List<KeyValue> Tags(JsonFields input) => [.. input.Objects("tags").Select(tag =>
        new KeyValue(Required(tag, "key", LongestTagKey), Required(tag, "value", LongestTagValue)))];

    private static string Required(JsonFields fields, string name, int longest) =>
        NameRules.Length(fields.RequiredText(name), fields.NameOf(name), longest);

    private static string? Optional(JsonFields fields, string name, int longest) =>
        fields.Text(name) is { } text ? NameRules.Length(text, fields.NameOf(name), longest) : null;
}
