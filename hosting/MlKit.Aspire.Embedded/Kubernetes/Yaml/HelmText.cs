using System.Text;

namespace Aspire.Hosting.Kubernetes.Yaml;

/// <summary>Text with Helm expressions: splitting, escaping and joining it.</summary>
internal static class HelmText
{
    private const string Open = "{{";
    private const string Close = "}}";

    /// <summary>Makes a text that must reach the cluster as it is safe in a template.</summary>
    public static string Escape(string literal) => literal.Replace(Open, "{{ \"{{\" }}", StringComparison.Ordinal);

    /// <summary>Whether the text holds a Helm expression.</summary>
    public static bool HasExpression(string text) => text.Contains(Open, StringComparison.Ordinal);

    /// <summary>The literal and expression parts of a text, in order; expressions without their braces.</summary>
    public static IReadOnlyList<(string Text, bool IsExpression)> Split(string text)
    {
        var parts = new List<(string, bool)>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf(Open, at, StringComparison.Ordinal);
            if (open < 0)
            {
                parts.Add((text[at..], false));
                break;
            }

            if (open > at)
            {
                parts.Add((text[at..open], false));
            }

            var close = FindClose(text, open + Open.Length);
            parts.Add((text[(open + Open.Length)..close].Trim().Trim('-').Trim(), true));
            at = close + Close.Length;
        }

        return parts;
    }

    /// <summary>One Helm expression whose value is the whole text: a literal, an expression, or a <c>printf</c> of both.</summary>
    public static string ToExpression(string text)
    {
        var parts = Split(text);
        if (parts.Count == 1)
        {
            return parts[0].IsExpression ? parts[0].Text : Quote(parts[0].Text);
        }

        var format = new StringBuilder();
        var arguments = new StringBuilder();
        foreach (var (part, isExpression) in parts)
        {
            format.Append(isExpression ? "%s" : part.Replace("%", "%%", StringComparison.Ordinal));
            if (isExpression)
            {
                arguments.Append(' ').Append(Argument(part));
            }
        }

        return arguments.Length == 0 ? Quote(text) : $"printf {Quote(format.ToString())}{arguments}";
    }

    /// <summary>A Go string literal.</summary>
    public static string Quote(string text) => "\"" + text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal) + "\"";

    private static string Argument(string expression)
    {
        var text = expression.StartsWith(".Values.", StringComparison.Ordinal) && !expression.Contains(' ')
            ? $"toString {expression}"
            : expression;
        return text.Contains(' ') ? $"({text})" : text;
    }

    // A string literal inside an expression may hold braces of its own.
    private static int FindClose(string text, int from)
    {
        var quoted = false;
        for (var at = from; at < text.Length - 1; at++)
        {
            if (text[at] == '\\' && quoted)
            {
                at++;
            }
            else if (text[at] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && text[at] == '}' && text[at + 1] == '}')
            {
                return at;
            }
        }

        throw new FormatException($"the Helm expression in '{text}' has no end");
    }
}
