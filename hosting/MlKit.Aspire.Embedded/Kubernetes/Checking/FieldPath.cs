using System.Globalization;

namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>Paths of fields: <c>spec.containers[0].env</c>; keys that are no identifiers stand in brackets.</summary>
internal static class FieldPath
{
    public static string Of(string parent, string key)
    {
        var isPlain = key.Length > 0 && key.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '$');
        return !isPlain ? $"{parent}[\"{key}\"]" : parent.Length == 0 ? key : $"{parent}.{key}";
    }

    public static string Of(string parent, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");
}
