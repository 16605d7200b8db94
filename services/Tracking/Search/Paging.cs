using System.Globalization;
using System.Text;
using System.Text.Json;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Search;

/// <summary>The size and the start of a page.</summary>
/// <param name="Size">How many rows.</param>
/// <param name="Offset">How many rows come before.</param>
internal readonly record struct Paging(int Size, long Offset)
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

    public static Paging Read(ApiRequest request, int standard, int largest)
    {
        var size = request.Int64("max_results") ?? standard;
        if (size < 1 || size > largest)
        {
            throw ApiException.Invalid(
                $"Invalid value {size} for parameter 'max_results' supplied. It must be between 1 and {largest}.");
        }

        return new Paging((int)size, ReadToken(request.Text("page_token")));
    }

    private static string Token(long offset) => Convert.ToBase64String(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"offset\": {offset}}}")));

    private static long ReadToken(string? token)
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
                return value;
            }
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
        }

        throw ApiException.Invalid("Invalid page token: it is not one that this server gave out.");
    }
}
