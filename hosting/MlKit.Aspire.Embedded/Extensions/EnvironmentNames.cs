namespace Aspire.Hosting;

/// <summary>How names of resources become parts of environment variables.</summary>
internal static class EnvironmentNames
{
    /// <summary>Every character outside <c>[A-Za-z0-9_]</c> becomes an underscore.</summary>
    public static string Encode(string name) => string.Create(name.Length, name, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
        }
    });

    /// <summary><see cref="Encode"/>, in upper case.</summary>
    public static string Upper(string name) => Encode(name).ToUpperInvariant();

    /// <summary>A variable of service discovery.</summary>
    public static string Service(string name, string key, int index) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"services__{name}__{key}__{index}");
}
