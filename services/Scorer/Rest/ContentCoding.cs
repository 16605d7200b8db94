using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace MlKit.Scorer.Rest;

/// <summary>Chooses a content coding from an Accept-Encoding header.</summary>
internal static class ContentCoding
{
    /// <summary>gzip or deflate, whichever has the greater weight (the first of equal ones); null: none.</summary>
    public static string? Choose(StringValues accept)
    {
        if (accept.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accept, out var offers))
        {
            return null;
        }

        string? best = null;
        var weight = offers.FirstOrDefault(offer => offer.Value.Equals("identity", StringComparison.OrdinalIgnoreCase))?.Quality ?? 0;
        foreach (var offer in offers)
        {
            var coding = offer.Value.ToString().ToLowerInvariant();
            var quality = offer.Quality ?? 1;
            if (coding is "gzip" or "deflate" && quality > weight)
            {
                (best, weight) = (coding, quality);
            }
        }

        return best;
    }
}
