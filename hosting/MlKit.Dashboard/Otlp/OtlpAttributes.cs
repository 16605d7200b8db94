using System.Globalization;
using System.Text;
using Google.Protobuf.Collections;
using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Telemetry;
using OpenTelemetry.Proto.Common.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>Turns OTLP values into bounded text. Numbers are written invariantly, lists and maps as in JSON.</summary>
internal sealed class OtlpAttributes(TelemetryLimits limits, StringPool pool)
{
    private const int MaxDepth = 8;
    private readonly KeySetPool _keys = new();

    /// <summary>Copies attributes up to the limit on their number; a key given twice counts once, the last wins.</summary>
    public KeyValuePair<string, string>[] Copy(RepeatedField<KeyValue> attributes, Func<string, bool>? include = null)
    {
        if (attributes.Count == 0)
        {
            return [];
        }

        var copy = new List<KeyValuePair<string, string>>(Math.Min(attributes.Count, limits.MaxAttributeCount));
        foreach (var attribute in attributes)
        {
            if (include is null || include(attribute.Key))
            {
                Set(copy, attribute);
            }
        }

        return [.. copy];
    }

    /// <summary>Copies attributes as <see cref="Copy"/> does, for records that are kept in great numbers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pack(RepeatedField<KeyValue> attributes) => PackedAttributes.Of(Copy(attributes), _keys);

    /// <summary>The value of an attribute, or null where it is absent.</summary>
    public string? Find(RepeatedField<KeyValue> attributes, string key)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Key == key)
            {
                return Text(attribute.Value);
            }
        }

        return null;
    }

    /// <summary>A value as text, cut at the limit.</summary>
    public string Text(AnyValue? value) => pool.Share(Cut(value?.ValueCase switch
    {
        null or AnyValue.ValueOneofCase.None => "",
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.ArrayValue or AnyValue.ValueOneofCase.KvlistValue => Json(value),
        _ => Scalar(value),
    }));

    /// <summary>Text cut at the limit and shared with equal text.</summary>
    public string Share(string text) => pool.Share(Cut(text));

    private void Set(List<KeyValuePair<string, string>> copy, KeyValue attribute)
    {
        var key = Share(attribute.Key);
        var entry = new KeyValuePair<string, string>(key, Text(attribute.Value));
        var place = copy.FindIndex(known => known.Key == key);
        if (place >= 0)
        {
            copy[place] = entry;
        }
        else if (copy.Count < limits.MaxAttributeCount)
        {
            copy.Add(entry);
        }
    }

    private string Cut(string text) =>
        text.Length <= limits.MaxAttributeLength ? text : string.Concat(text.AsSpan(0, limits.MaxAttributeLength - 1), "…");

    private string Json(AnyValue value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    private void Append(StringBuilder text, AnyValue value, int depth)
    {
        if (depth > MaxDepth || text.Length > limits.MaxAttributeLength)
        {
            text.Append('…');
            return;
        }

        switch (value.ValueCase)
        {
            case AnyValue.ValueOneofCase.ArrayValue:
                AppendAll(text, '[', ']', value.ArrayValue.Values, item => Append(text, item, depth + 1));
                break;
            case AnyValue.ValueOneofCase.KvlistValue:
                AppendAll(text, '{', '}', value.KvlistValue.Values, pair =>
                {
                    Quote(text, pair.Key).Append(':');
                    Append(text, pair.Value ?? new AnyValue(), depth + 1);
                });
                break;
            case AnyValue.ValueOneofCase.StringValue:
                Quote(text, value.StringValue);
                break;
            case AnyValue.ValueOneofCase.None:
                text.Append("null");
                break;
            default:
                text.Append(Scalar(value));
                break;
        }
    }

    private void AppendAll<T>(StringBuilder text, char open, char close, RepeatedField<T> items, Action<T> append)
    {
        text.Append(open);
        for (var i = 0; i < items.Count && text.Length <= limits.MaxAttributeLength; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            append(items[i]);
        }

        text.Append(close);
    }

    private static StringBuilder Quote(StringBuilder text, string value) =>
        text.Append('"').Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');

    private static string Scalar(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString("R", CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BytesValue => value.BytesValue.ToBase64(),
        _ => "",
    };
}
