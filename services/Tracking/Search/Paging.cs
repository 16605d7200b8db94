using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Search;

/// <summary>The size and the start of a page.</summary>
/// <param name="Size">How many rows.</param>
/// <param name="Offset">How many rows come before.</param>
/// <param name="Question">A digest of the search that the page belongs to; empty where tokens are not bound to one.</param>
internal readonly record struct Paging(int Size, long Offset, string Question)
{
    public string? NextIfFull(int count) => count < Size ? null : Token(Offset + count);

    /// <summary>The token of the next page where one row more than the page was read.</summary>
    public string? NextIfMore<T>(List<T> rows)
    {
        if (rows.Count <= Size)
        {
            return null;
        }

        rows.RemoveAt(rows.Count - 1);
        return Token(Offset + Size);
    }

    /// <param name="request">Has the size and the token.</param>
    /// <param name="standard">The size where none is given.</param>
    /// <param name="largest">The largest size.</param>
    /// <param name="question">All of the search but the page, where its tokens must not continue another one.</param>
    public static Paging Read(ApiRequest request, int standard, int largest, string? question = null)
    {
        var size = request.Int64("max_results") ?? standard;
        if (size < 1 || size > largest)
        {
            throw ApiException.Invalid(
                $"Invalid value {size} for parameter 'max_results' supplied. It must be between 1 and {largest}.");
        }

        var digest = question is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..16];
        return new Paging((int)size, ReadToken(request.Text("page_token"), digest), digest);
    }

    private string Token(long offset)
    {
        var question = Question.Length == 0 ? "" : $", \"question\": \"{Question}\"";
        return Convert.ToBase64String(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"offset\": {offset}{question}}}")));
    }

    private static long ReadToken(string? token, string question)
    {
        if (string.IsNullOrEmpty(token))
        {
            return 0;
        }

        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(token));
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("offset", out var offset)
                && offset.ValueKind == JsonValueKind.Number && offset.TryGetInt64(out var value) && value >= 0)
            {
                return BelongsTo(document.RootElement, question) ? value : throw ApiException.Invalid(
                    "The page token belongs to a search with other arguments.");
            }
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
        }

        throw ApiException.Invalid("Invalid page token: it is not one that this server gave out.");
    }

    private static bool BelongsTo(JsonElement token, string question) => question.Length == 0
        || (token.TryGetProperty("question", out var given) && given.ValueKind == JsonValueKind.String && given.ValueEquals(question));
}
