using System.Security.Cryptography;
using System.Text;
using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Security;

/// <summary>The token that opens the dashboard, one per run.</summary>
internal sealed class BrowserToken(DashboardOptions options)
{
    /// <summary>True when the text is the token. Takes equally long whichever character differs.</summary>
    public bool Matches(string? text) =>
        options.BrowserToken is { } token && !string.IsNullOrEmpty(text)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
