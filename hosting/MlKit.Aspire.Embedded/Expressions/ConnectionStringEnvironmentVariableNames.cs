using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The environment variables that carry a connection string.</summary>
/// <param name="LogicalName">The name that code asks for: <c>GetConnectionString(name)</c>.</param>
/// <param name="OriginalName">The variable with the name as written.</param>
/// <param name="PortableName">The variable with letters, digits and single underscores only.</param>
/// <param name="IsExplicit">Whether the resource named its own variable, which is then the only one.</param>
[Experimental("ASPIRECONNECTIONSTRINGS001")]
public sealed record class ConnectionStringEnvironmentVariableNames(string LogicalName, string OriginalName, string PortableName, bool IsExplicit)
{
    private const string Prefix = "ConnectionStrings__";

    /// <summary>The names for a reference.</summary>
    /// <param name="resource">The resource that is connected to.</param>
    /// <param name="logicalName">The name that code asks for.</param>
    public static ConnectionStringEnvironmentVariableNames Create(IResourceWithConnectionString resource, string logicalName)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentException.ThrowIfNullOrEmpty(logicalName);
        return resource.ConnectionStringEnvironmentVariable is { Length: > 0 } own
            ? new(logicalName, own, own, IsExplicit: true)
            : new(logicalName, Prefix + logicalName, Prefix + Encode(logicalName), IsExplicit: false);
    }

    /// <summary>The variables to set: one, or two where they differ.</summary>
    public IEnumerable<string> GetPhysicalNames() =>
        string.Equals(OriginalName, PortableName, StringComparison.Ordinal) ? [OriginalName] : [OriginalName, PortableName];

    private static string Encode(string name)
    {
        var encoded = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                encoded.Append(c);
            }
            else if (encoded.Length == 0 || encoded[^1] != '_')
            {
                encoded.Append('_');
            }
        }

        return encoded.ToString();
    }
}
