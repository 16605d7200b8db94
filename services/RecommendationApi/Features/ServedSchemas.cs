using System.Text.Json;
using MlKit.Features;

namespace MlKit.RecommendationApi.Features;

/// <summary>The schemas of views that a feature server tells in its health report.</summary>
internal static class ServedSchemas
{
    private const string Prefix = "schema of ";

    /// <summary>In words, which view has another schema there than here; null: none, or the server tells none.</summary>
    public static async Task<string?> DifferenceAsync(Stream healthReport, CancellationToken cancellationToken)
    {
        try
        {
            using var report = await JsonDocument.ParseAsync(healthReport, default, cancellationToken);
            var data = report.RootElement.GetProperty("checks").GetProperty("registry").GetProperty("data");
            var served = data.EnumerateObject().Where(item => item.Name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(item => KeyValuePair.Create(item.Name[Prefix.Length..], item.Value.GetString() ?? ""));
            return ViewSchemas.FirstDifference(served) is { } view
                ? $"its registry has another schema of the feature view {view} than this API was built for"
                : null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Feast's own server has an empty answer.
            return null;
        }
    }
}
