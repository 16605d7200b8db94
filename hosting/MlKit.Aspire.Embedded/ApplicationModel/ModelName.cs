namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rule for names of resources and endpoints, which become DNS labels and parts of variable names.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    public static void Validate(string kind, string name, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(name, parameterName);
        if (Broken(kind, name) is { } message)
        {
            throw new ArgumentException(message, parameterName);
        }
    }

    private static string? Broken(string kind, string name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return $"{kind} name '{name}' is invalid. Name must be between 1 and {MaxLength} characters long.";
        }

        if (!char.IsAsciiLetter(name[0]))
        {
            return $"{kind} name '{name}' is invalid. Name must start with an ASCII letter.";
        }

        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
        {
            return $"{kind} name '{name}' is invalid. Name must contain only ASCII letters, digits, and hyphens.";
        }

        if (name.Contains("--", StringComparison.Ordinal))
        {
            return $"{kind} name '{name}' is invalid. Name cannot contain consecutive hyphens.";
        }

        return name[^1] == '-' ? $"{kind} name '{name}' is invalid. Name cannot end with a hyphen." : null;
    }
}
