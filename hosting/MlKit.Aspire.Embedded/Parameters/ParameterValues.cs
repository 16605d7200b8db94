using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Finds the values of parameters.</summary>
internal static class ParameterValues
{
    /// <summary>The configured value, else the default.</summary>
    /// <exception cref="MissingParameterValueException">There is neither.</exception>
    public static string Find(IConfiguration configuration, string key, string name, ParameterDefault? parameterDefault)
    {
        // A dash cannot stand in the name of an environment variable.
        var value = configuration[key] ?? (key.Contains('-') ? configuration[WithUnderscores(key)] : null);
        return value ?? parameterDefault?.GetDefaultValue() ?? throw new MissingParameterValueException(
            $"Parameter resource could not be used because configuration key '{key}' is missing and the Parameter has no default value. Set it for parameter '{name}': {key.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_')}=... in the environment, or --{key} ... on the command line.");
    }

    private static string WithUnderscores(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return string.Concat(key.AsSpan(0, colon + 1), key[(colon + 1)..].Replace('-', '_'));
    }
}
