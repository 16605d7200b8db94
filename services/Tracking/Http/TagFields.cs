using MlKit.Tracking.Experiments;

namespace MlKit.Tracking.Http;

/// <summary>Reads lists of keys and values.</summary>
internal static class TagFields
{
    /// <summary>The <c>tags</c> of a request, checked; of equal keys the last wins.</summary>
    public static IReadOnlyList<KeyValue> Tags(this ApiRequest request, int longestValue)
    {
        var fields = request.Objects("tags");
        var tags = new Dictionary<string, string>(fields.Length, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            var (key, value) = Tag(field, longestValue);
            tags[key] = value;
        }

        return [.. tags.Select(tag => new KeyValue(tag.Key, tag.Value))];
    }

    public static KeyValue Tag(JsonFields fields, int longestValue)
    {
        var key = NameRules.Key(fields.RequiredText("key"), fields.NameOf("key"), "tag name");
        return new KeyValue(key, NameRules.Length(fields.Text("value") ?? "", fields.NameOf("value"), longestValue));
    }

    /// <summary>The key and value of a call that sets one tag.</summary>
    public static KeyValue Tag(this ApiRequest request, int longestValue)
    {
        var key = NameRules.Key(request.RequiredText("key"), "key", "tag name");
        return new KeyValue(key, NameRules.Length(request.Text("value") ?? "", "value", longestValue));
    }
}
