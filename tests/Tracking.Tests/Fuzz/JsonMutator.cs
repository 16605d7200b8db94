using System.Text;
using System.Text.Json.Nodes;

namespace MlKit.Tests.Fuzz;

/// <summary>Changes a valid body: one value, one member, or some bytes.</summary>
internal static class JsonMutator
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e999", "-1e999", "9223372036854775807", "9223372036854775808", "1.5", "1e-400", "\"\"", "\" \"",
        "\"NaN\"", "\"Infinity\"", "\"-inf\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud83d\\ude00\"", "[]", "{}", "[[]]", "[null]",
        "[1,\"a\",{}]", "{\"key\":1}", "\"../../x\"", "\"a/b\"", "\"%2e%2e\"", "\"mlflow-artifacts:/0/../x\"", "\"models:/m/1\"", "\"runs:/x/y\"",
        "\"'\"", "\"' OR 1=1 --\"", "\"LONG\"", "\"Default\"", "\"latest\"", "\"v1\"", "\"1\"", "99999999999999999999999999", "\"0x1\"", "DEEP",
    ];

    public static byte[] Mutate(string valid, Random random) => random.Next(10) switch
    {
        0 => Damage(Encoding.UTF8.GetBytes(valid), random),
        1 => Encoding.UTF8.GetBytes(valid[..random.Next(valid.Length)]),
        2 => Encoding.UTF8.GetBytes(Value(random)),
        _ => Encoding.UTF8.GetBytes(Change(JsonNode.Parse(valid)!, random)),
    };

    private static byte[] Damage(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>Puts a marker where a value was, then the value as text, so that it may be no JSON at all.</summary>
    private static string Change(JsonNode root, Random random)
    {
        const string marker = "@@@";
        var places = Places(root).ToList();
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var (parent, key, index) = places[random.Next(places.Count)];
            switch (parent)
            {
                case JsonObject map when random.Next(5) == 0:
                    map.Remove(key!);
                    break;
                case JsonObject map:
                    map[key!] = marker;
                    break;
                case JsonArray list when index < list.Count:
                    list[index] = marker;
                    break;
            }
        }

        var text = root.ToJsonString();
        for (var at = text.IndexOf($"\"{marker}\"", StringComparison.Ordinal); at >= 0; at = text.IndexOf($"\"{marker}\"", StringComparison.Ordinal))
        {
            text = text[..at] + Value(random) + text[(at + marker.Length + 2)..];
        }

        return text;
    }

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Value is JsonObject or JsonArray
            ? Places(pair.Value).Prepend((map, pair.Key, 0)) : [(map, pair.Key, 0)]),
        JsonArray list => list.SelectMany((item, i) => item is JsonObject or JsonArray
            ? Places(item).Prepend((list, null, i)) : [(list, null, i)]),
        _ => [],
    };

    private static string Value(Random random) => Values[random.Next(Values.Length)] switch
    {
        "\"LONG\"" => $"\"{new string('x', random.Next(2) == 0 ? 300 : 9000)}\"",
        "DEEP" => new string('[', random.Next(100)) + new string(']', random.Next(100)),
        var value => value,
    };
}
