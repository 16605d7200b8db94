using System.Text.Json;

namespace MlKit.Tests;

/// <summary>Compares JSON by meaning: numbers by value, members by name, arrays in order.</summary>
internal static class JsonAssert
{
    public static void Same(JsonElement expected, JsonElement actual, string where)
    {
        if (!Equal(expected, actual))
        {
            Assert.Fail($"{where}: expected {Shown(expected)}, got {Shown(actual)}");
        }
    }

    public static bool Equal(JsonElement expected, JsonElement actual) => (expected.ValueKind, actual.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => SameNumber(expected, actual),
        (JsonValueKind.Array, JsonValueKind.Array) => expected.GetArrayLength() == actual.GetArrayLength()
            && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => Equal(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) => expected.EnumerateObject().Count() == actual.EnumerateObject().Count()
            && expected.EnumerateObject().All(member => actual.TryGetProperty(member.Name, out var other) && Equal(member.Value, other)),
        (JsonValueKind.String, JsonValueKind.String) => expected.GetString() == actual.GetString(),
        var (left, right) => left == right,
    };

    private static bool SameNumber(JsonElement expected, JsonElement actual) =>
        expected.TryGetInt64(out var whole) && actual.TryGetInt64(out var other)
            ? whole == other
            : expected.GetDouble().Equals(actual.GetDouble());

    private static string Shown(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length > 1500 ? text[..1500] + "…" : text;
    }
}
