using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using MlKit.Inference.Grpc.Messages;

namespace MlKit.Scorer.Configuration;

/// <summary>Gives the fields of a written configuration their meaning, by the descriptor of the message.</summary>
internal static class ConfigBinder
{
    /// <summary>Fields of Triton's that only tune its own back ends: they change no answer and are passed over.</summary>
    private static readonly HashSet<string> Hints = new(StringComparer.Ordinal)
    {
        "optimization", "metric_tags", "response_cache", "model_transaction_policy", "runtime", "cc_model_filenames",
        "model_operations", "model_repository_agents", "model_metrics", "format", "rate_limiter", "host_policy", "profile", "passive",
        "secondary_devices", "allow_ragged_batch", "is_shape_tensor", "is_non_linear_format_io",
    };

    /// <exception cref="FormatException">A field is unknown or has a wrong value; the message names it and what is allowed.</exception>
    public static ModelConfig Bind(ConfigText text)
    {
        var config = new ModelConfig();
        Fill(config, text, "");
        return config;
    }

    private static void Fill(IMessage message, ConfigText text, string where)
    {
        foreach (var (name, values) in text.Fields)
        {
            if (Find(message.Descriptor, name) is not { } field)
            {
                if (!Hints.Contains(name))
                {
                    throw Unknown(message, where + name);
                }

                continue;
            }

            foreach (var value in values)
            {
                Set(message, field, value, where + name);
            }
        }
    }

    /// <summary>The field of a name, or of the name in the case that JSON has it in.</summary>
    private static FieldDescriptor? Find(MessageDescriptor type, string name) =>
        type.FindFieldByName(name) ?? type.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == name);

    private static void Set(IMessage message, FieldDescriptor field, object value, string path)
    {
        if (field.IsMap)
        {
            FillMap((IDictionary)field.Accessor.GetValue(message), field, value, path);
        }
        else if (field.IsRepeated)
        {
            ((IList)field.Accessor.GetValue(message)).Add(Read(field, value, path));
        }
        else
        {
            field.Accessor.SetValue(message, Read(field, value, path));
        }
    }

    /// <summary>In text an entry has the fields <c>key</c> and <c>value</c>; in JSON the members of an object are the entries.</summary>
    private static void FillMap(IDictionary map, FieldDescriptor field, object value, string path)
    {
        var (keyField, valueField) = (field.MessageType.FindFieldByNumber(1), field.MessageType.FindFieldByNumber(2));
        var entry = value as ConfigText ?? throw Wrong(path, value, "entries with key and value");
        if (entry.Values("key") is [string key])
        {
            var content = entry.Values("value") is [var one] ? one : throw Wrong(path, key, "one value for each key");
            map[Read(keyField, key, path)] = Read(valueField, content, $"{path}[{key}]");
            return;
        }

        foreach (var (name, values) in entry.Fields)
        {
            map[Read(keyField, name, path)] = Read(valueField, values[^1], $"{path}[{name}]");
        }
    }

    private static object Read(FieldDescriptor field, object value, string path)
    {
        if (field.FieldType == FieldType.Message)
        {
            var nested = field.MessageType.Parser.ParseFrom(ByteString.Empty);
            Fill(nested, value as ConfigText ?? throw Wrong(path, value, "a message in braces"), $"{path}.");
            return nested;
        }

        var text = value as string ?? throw Wrong(path, "{...}", "a single value");
        return field.FieldType switch
        {
            FieldType.String => text,
            FieldType.Bool => text.ToLowerInvariant() switch
            {
                "true" or "t" or "1" => true,
                "false" or "f" or "0" => false,
                _ => throw Wrong(path, text, "true or false"),
            },
            FieldType.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw NoNumber(),
            FieldType.UInt32 => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw NoNumber(),
            FieldType.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw NoNumber(),
            FieldType.UInt64 => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw NoNumber(),
            FieldType.Enum => ReadEnum(field.EnumType, text, path),
            _ => throw new FormatException($"{path} cannot be set"),
        };

        FormatException NoNumber() => Wrong(path, text, "a whole number" + (field.FieldType is FieldType.UInt32 or FieldType.UInt64 ? ", 0 or above" : ""));
    }

    private static object ReadEnum(EnumDescriptor type, string text, string path)
    {
        var value = type.FindValueByName(text)
            ?? (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? type.FindValueByNumber(number) : null)
            ?? throw Wrong(path, text, string.Join(", ", type.Values.Select(one => one.Name)));
        return Enum.ToObject(type.ClrType, value.Number);
    }

    private static FormatException Unknown(IMessage message, string path) =>
        new($"field '{path}' is unknown or not supported; allowed: {string.Join(", ", message.Descriptor.Fields.InFieldNumberOrder().Select(field => field.Name))}");

    private static FormatException Wrong(string path, object value, string allowed) => new($"{path} is '{value}'; allowed: {allowed}");
}
