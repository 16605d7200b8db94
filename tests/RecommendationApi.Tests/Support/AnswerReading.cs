using System.Text.Json.Nodes;

namespace MlKit.RecommendationApi.Tests.Support;

internal static class AnswerReading
{
    public static string[] Items(this JsonObject answer) => [.. answer["items"]!.AsArray().Select(item => item!["itemId"]!.GetValue<string>())];

    public static string? Fallback(this JsonObject answer) => answer["fallback"]?.GetValue<string>();

    public static string[] Missing(this JsonObject answer) => [.. answer["missing"]!.AsArray().Select(name => name!.GetValue<string>())];
}
