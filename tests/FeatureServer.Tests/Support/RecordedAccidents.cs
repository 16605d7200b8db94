using System.Text.Json;

namespace MlKit.Tests;

/// <summary>
/// Recorded accidents of Feast for which the facts sheet says what MlKit does instead; the conversation is compared with
/// that. 5.3 on views without entities that are written ("lands under the key with zero join keys, which no read ever asks
/// for"): "MlKit should write `__dummy_id`". 3.5 on large whole numbers beside nulls, which lose digits: "write them
/// exactly, nobody depends on the loss".
/// </summary>
internal static class RecordedAccidents
{
    /// <summary>By exchange, or <c>redis_after</c>: what Feast answered or stored, and what is right.</summary>
    private static readonly Dictionary<string, (string Recorded, string Right)[]> Written = new()
    {
        ["entityless-read"] = [("[40]", "[99]"), ("""[["m0003","m0001"]]""", """[["m9"]]"""), ("2024-05-02T08:00:00Z", "2024-06-01T00:00:00Z")],
        ["entityless-older-ignored"] = [("[40]", "[99]"), ("2024-05-02T08:00:00Z", "2024-06-01T00:00:00Z")],
        ["big-int-beside-null-read"] = [("[9007199254740992,", "[9007199254740993,")],
        // The hash of the view without entities (its key from the first word on), and the large number.
        ["redis_after"] =
        [
            ("\"00000000" + Project, "\"01000000020000000a0000005f5f64756d6d795f69640200000000000000" + Project),
            ("\"208080808080808010\"", "\"208180808080808010\""),
        ],
    };

    /// <summary>The project <c>movie_rec</c>, which ends every key.</summary>
    private const string Project = "6d6f7669655f726563";

    /// <summary>The conversation as JSON, with what is right where Feast fails by accident.</summary>
    public static string Amend(string conversation, JsonElement recorded)
    {
        var text = JsonSerializer.Serialize(recorded);
        if (conversation != "write-to-online-store")
        {
            return text;
        }

        foreach (var exchange in recorded.GetProperty("exchanges").EnumerateArray().Where(exchange => Written.ContainsKey(exchange.Text("id"))))
        {
            text = Replace(text, JsonSerializer.Serialize(exchange.GetProperty("response")), Written[exchange.Text("id")]);
        }

        return Replace(text, JsonSerializer.Serialize(recorded.GetProperty("redis_after")), Written["redis_after"]);
    }

    private static string Replace(string text, string part, (string Recorded, string Right)[] amendments)
    {
        var right = part;
        foreach (var (recorded, amended) in amendments)
        {
            Assert.Contains(recorded, right, StringComparison.Ordinal);
            right = right.Replace(recorded, amended, StringComparison.Ordinal);
        }

        Assert.Contains(part, text, StringComparison.Ordinal);
        return text.Replace(part, right, StringComparison.Ordinal);
    }
}
