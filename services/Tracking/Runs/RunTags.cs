using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Runs;

/// <summary>Checks the tags of runs. Values that are too long are cut, as MLflow does, so that autologging goes on.</summary>
internal static class RunTags
{
    public static KeyValue Read(string key, FieldName field, string? value)
    {
        var text = value ?? "";
        return new KeyValue(
            NameRules.Key(key, field, "tag name"),
            text.Length > NameRules.LongestRunTagValue ? text[..NameRules.LongestRunTagValue] : text);
    }
}
