using System.Text.Json;
using Google.Protobuf;
using MlKit.Feast.Protos.Types;

namespace MlKit.Tests;

/// <summary>Golden vectors made by executing Feast.</summary>
internal static class Vectors
{
    public static JsonElement Load(string name, string folder = "feast") =>
        JsonDocument.Parse(File.ReadAllBytes(SharedMaterial.Require("vectors", folder, name + ".json"))).RootElement;

    public static IEnumerable<JsonElement> Cases(string name) => Load(name).GetProperty("cases").EnumerateArray();

    public static byte[] Hex(this JsonElement element, string property) => Convert.FromHexString(element.Text(property));

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static string ToHex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    public static string[] Texts(this JsonElement element, string property) =>
        [.. element.GetProperty(property).EnumerateArray().Select(item => item.GetString()!)];

    public static Value Message(this JsonElement element) => Value.Parser.ParseFrom(element.Hex("proto_hex"));

    /// <summary>A key value given as type and JSON value; bytes are hex.</summary>
    public static Value KeyValue(JsonElement element)
    {
        var value = element.GetProperty("value");
        return element.Text("type") switch
        {
            "int64_val" => new Value { Int64Val = value.GetInt64() },
            "int32_val" => new Value { Int32Val = value.GetInt32() },
            "string_val" => new Value { StringVal = value.GetString() },
            "unix_timestamp_val" => new Value { UnixTimestampVal = value.GetInt64() },
            "bytes_val" => new Value { BytesVal = ByteString.CopyFrom(Convert.FromHexString(value.GetString()!)) },
            var other => throw new InvalidOperationException(other),
        };
    }
}
