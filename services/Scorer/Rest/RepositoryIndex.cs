using System.Text.Json;
using System.Text.Json.Serialization;
using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Rest;

/// <summary>One line of the repository index.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">Version; null where the model has none yet.</param>
/// <param name="State">READY or UNAVAILABLE.</param>
/// <param name="Reason">Why it is not ready, or what is wrong beside; null: nothing.</param>
internal sealed record IndexLine(string Name, string? Version, string State, string? Reason);

/// <summary><c>POST /v2/repository/index</c>: every model and version with its state and the reason of a failure.</summary>
internal static class RepositoryIndex
{
    private const string Ready = "READY";
    private const string Unavailable = "UNAVAILABLE";

    public static async Task AnswerAsync(HttpContext context, ModelCatalog catalog, ScorerOptions options)
    {
        using var body = await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        var lines = Lines(catalog, WantsReadyOnly(body.Memory.Span)).ToArray();
        await RestEndpoints.SendAsync(context, lines, IndexJson.Default.IndexLineArray);
    }

    public static IEnumerable<IndexLine> Lines(ModelCatalog catalog, bool readyOnly)
    {
        foreach (var entry in catalog.Entries)
        {
            foreach (var version in entry.VersionNames)
            {
                yield return new IndexLine(entry.Name, version, Ready, null);
            }

            if (readyOnly)
            {
                continue;
            }

            foreach (var (version, reason) in entry.Failures)
            {
                yield return new IndexLine(entry.Name, version, Unavailable, reason);
            }

            if (entry is { Current: null, Waiting: { } waiting })
            {
                yield return new IndexLine(entry.Name, null, Unavailable, waiting);
            }
        }
    }

    private static bool WantsReadyOnly(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return false;
        }

        try
        {
            return JsonSerializer.Deserialize(body, IndexJson.Default.IndexRequest)?.Ready ?? false;
        }
        catch (JsonException error)
        {
            throw new InferenceException(InferenceErrorKind.InvalidArgument, $"the body must be {{\"ready\": true or false}} or empty; it fails at byte {error.BytePositionInLine} of line {error.LineNumber + 1}");
        }
    }
}

/// <summary>Body of the index call.</summary>
/// <param name="Ready">Only what is ready.</param>
internal sealed record IndexRequest(bool? Ready);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IndexLine[]))]
[JsonSerializable(typeof(IndexRequest))]
internal sealed partial class IndexJson : JsonSerializerContext;
