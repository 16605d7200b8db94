using System.Text.Json.Nodes;

namespace MlKit.Tests.Replay;

/// <summary>An answer is not what was recorded.</summary>
internal sealed class Mismatch(string message) : Exception(message)
{
    private const int Longest = 500;

    public static void Unless(bool holds, string where, string expected, JsonNode? actual)
    {
        if (!holds)
        {
            throw new Mismatch($"{where}: expected {Cut(expected)}, got {Cut(actual?.ToJsonString() ?? "null")}");
        }
    }

    public static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "...";
}
