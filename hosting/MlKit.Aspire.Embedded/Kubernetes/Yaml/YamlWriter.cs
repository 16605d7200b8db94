using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Kubernetes.Yaml;

/// <summary>
/// Writes nodes as YAML of a Helm template: two spaces of indentation, lists indented under their key, <c>\n</c>, no
/// trailing space, and the same bytes for the same nodes. Texts are quoted wherever a YAML reader could take them for
/// something else.
/// </summary>
internal static partial class YamlWriter
{
    public static string Write(YamlMapping document)
    {
        var text = new StringBuilder();
        WriteEntries(text, document, 0);
        return text.ToString();
    }

    /// <summary>A text as one YAML value, with Helm expressions kept.</summary>
    public static string Scalar(string text)
    {
        if (!HelmText.HasExpression(text))
        {
            return Literal(text);
        }

        var parts = HelmText.Split(text);
        var isName = parts.All(part => part.IsExpression
            ? part.Text.StartsWith("include \"", StringComparison.Ordinal)
            : NamePart().IsMatch(part.Text));
        return isName && parts.Any(part => !part.IsExpression)
            ? text
            : $"{{{{ {HelmText.ToExpression(text)} | quote }}}}";
    }

    private static string Literal(string text) => PlainText().IsMatch(text) && !Reserved().IsMatch(text) ? text : Quoted(text);

    private static void WriteEntries(StringBuilder text, YamlMapping map, int indent)
    {
        foreach (var entry in map.Entries)
        {
            var pad = new string(' ', indent);
            if (entry.Value is YamlMerge merge)
            {
                WriteSplice(text, merge.Expression, indent);
                continue;
            }

            WriteComment(text, entry.Comment, pad);
            if (entry.When is not null)
            {
                text.Append(pad).Append("{{- if ").Append(entry.When).Append(" }}\n");
            }

            text.Append(pad).Append(Key(entry.Key)).Append(':');
            WriteValue(text, entry.Value, indent);
            if (entry.When is not null)
            {
                text.Append(pad).Append("{{- end }}\n");
            }
        }
    }

    private static void WriteValue(StringBuilder text, YamlNode value, int indent)
    {
        switch (value)
        {
            case YamlMapping { Entries.Count: > 0 } map:
                text.Append('\n');
                WriteEntries(text, map, indent + 2);
                break;
            case YamlSequence { Items.Count: > 0 } list:
                text.Append('\n');
                WriteItems(text, list, indent + 2);
                break;
            case YamlBlock block:
                var width = (indent + 2).ToString(CultureInfo.InvariantCulture);
                text.Append('\n').Append(' ', indent + 2)
                    .Append("{{- ").Append(block.Expression).Append(" | nindent ").Append(width).Append(" }}\n");
                break;
            default:
                text.Append(' ').Append(Inline(value)).Append('\n');
                break;
        }
    }

    private static void WriteItems(StringBuilder text, YamlSequence list, int indent)
    {
        foreach (var item in list.Items)
        {
            WriteItem(text, item, indent);
        }
    }

    private static void WriteItem(StringBuilder text, YamlNode item, int indent)
    {
        switch (item)
        {
            case YamlMapping { Entries.Count: > 0 } map:
                WriteMapItem(text, map, indent);
                break;
            case YamlWhen optional:
                text.Append(' ', indent).Append("{{- if ").Append(optional.Condition).Append(" }}\n");
                WriteItem(text, optional.Item, indent);
                text.Append(' ', indent).Append("{{- end }}\n");
                break;
            case YamlSplice splice:
                WriteSplice(text, splice.Expression, indent);
                break;
            case YamlSequence or YamlBlock:
                throw new InvalidOperationException("a list inside a list has no place in a Kubernetes object");
            default:
                text.Append(' ', indent).Append("- ").Append(Inline(item)).Append('\n');
                break;
        }
    }

    private static void WriteSplice(StringBuilder text, string expression, int indent) => text
        .Append(' ', indent).Append("{{- with ").Append(expression).Append(" }}\n")
        .Append(' ', indent).Append(CultureInfo.InvariantCulture, $"{{{{- toYaml . | nindent {indent} }}}}\n")
        .Append(' ', indent).Append("{{- end }}\n");

    // The first key stands after the dash: the map is written one level deeper and the dash put before it.
    private static void WriteMapItem(StringBuilder text, YamlMapping map, int indent)
    {
        var inner = new StringBuilder();
        WriteEntries(inner, map, indent + 2);
        var first = inner.ToString();
        if (first.AsSpan(indent + 2).StartsWith("{{"))
        {
            text.Append(' ', indent).Append("-\n").Append(first);
        }
        else
        {
            text.Append(' ', indent).Append("- ").Append(first, indent + 2, first.Length - indent - 2);
        }
    }

    private static string Inline(YamlNode value) => value switch
    {
        YamlText text => Scalar(text.Value),
        YamlLiteral literal => Literal(literal.Value),
        YamlPlain plain => plain.Value,
        YamlExpression expression => $"{{{{ {expression.Expression} }}}}",
        YamlMapping => "{}",
        YamlSequence => "[]",
        _ => throw new InvalidOperationException($"no inline form for {value.GetType().Name}"),
    };

    private static string Key(string key) => Literal(key);

    private static void WriteComment(StringBuilder text, string? comment, string pad)
    {
        foreach (var line in comment?.Split('\n') ?? [])
        {
            text.Append(pad).Append("# ").Append(line).Append('\n');
        }
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\ufeff' =>
                    "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    // Begins with a letter or a slash, and holds nothing that YAML gives a meaning.
    [GeneratedRegex("^[A-Za-z/][A-Za-z0-9._/-]*$")]
    private static partial Regex PlainText();

    [GeneratedRegex("^(true|false|yes|no|on|off|y|n|null|nan|inf)$", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();

    [GeneratedRegex("^[A-Za-z0-9._/-]+$")]
    private static partial Regex NamePart();
}
