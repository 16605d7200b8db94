using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Rendering;

/// <summary>
/// Evaluates the Helm expressions that the publisher itself writes, so that objects can be checked, and written as plain
/// manifests, where there is no helm. A test compares the outcome with helm's for whole charts.
/// </summary>
/// <param name="context">The installation.</param>
/// <param name="file">The text of another template file by its path below <c>templates</c>, or of a Job by its helper template.</param>
internal sealed class TemplateEvaluator(RenderContext context, Func<string, string> file)
{
    /// <summary>The value of an expression without its braces.</summary>
    public object? Evaluate(string expression) => Evaluate(TemplateParser.Parse(expression));

    /// <summary>A text with expressions in it.</summary>
    public string Text(string text) => !HelmText.HasExpression(text)
        ? text
        : string.Concat(HelmText.Split(text).Select(part => part.IsExpression ? TemplateValue.Text(Evaluate(part.Text)) : part.Text));

    private object? Evaluate(TemplateNode node) => node switch
    {
        LiteralNode literal => literal.Value,
        FieldNode field => context.Field(field.Names),
        CallNode { Function: "and" } call => call.Arguments.Select(Evaluate).FirstOrDefault(value => !TemplateValue.IsTrue(value)) ?? Evaluate(call.Arguments[^1]),
        CallNode { Function: "or" } call => call.Arguments.Select(Evaluate).FirstOrDefault(TemplateValue.IsTrue) ?? Evaluate(call.Arguments[^1]),
        CallNode { Function: "include" } call => Include(call),
        CallNode call => Call(call.Function, [.. call.Arguments.Select(Evaluate)]),
        _ => throw new FormatException($"no value for {node}"),
    };

    private static object? Call(string function, object?[] given) => function switch
    {
        "quote" or "toString" => TemplateValue.Text(given[0]),
        "toYaml" => given[0],
        "default" => TemplateValue.IsTrue(given[1]) ? given[1] : given[0],
        "required" => TemplateValue.IsTrue(given[1]) ? given[1] : throw new DistributedApplicationException(TemplateValue.Text(given[0])),
        "not" => !TemplateValue.IsTrue(given[0]),
        "empty" => !TemplateValue.IsTrue(given[0]),
        "eq" => Equals(given[0], given[1]),
        "ne" => !Equals(given[0], given[1]),
        "ternary" => TemplateValue.IsTrue(given[2]) ? given[0] : given[1],
        "lower" => TemplateValue.Text(given[0]).ToLowerInvariant(),
        "trim" => TemplateValue.Text(given[0]).Trim(),
        "trunc" => TemplateValue.Text(given[1]) is var text && given[0] is long length && text.Length > length ? text[..(int)length] : TemplateValue.Text(given[1]),
        "trimSuffix" => Trim(TemplateValue.Text(given[1]), TemplateValue.Text(given[0])),
        "replace" => TemplateValue.Text(given[2]).Replace(TemplateValue.Text(given[0]), TemplateValue.Text(given[1]), StringComparison.Ordinal),
        "urlquery" => Uri.EscapeDataString(TemplateValue.Text(given[0])).Replace("%20", "+", StringComparison.Ordinal),
        "b64enc" => Convert.ToBase64String(Encoding.UTF8.GetBytes(TemplateValue.Text(given[0]))),
        "sha256sum" => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TemplateValue.Text(given[0])))),
        "index" => given.Skip(1).Aggregate(given[0], static (value, key) => TemplateValue.From((value as JsonObject)?[TemplateValue.Text(key)])),
        "dict" => Pairs(given),
        "print" => string.Concat(given.Select(TemplateValue.Text)),
        "printf" => Format(TemplateValue.Text(given[0]), given[1..]),
        "int" or "int64" => long.Parse(TemplateValue.Text(given[0]), CultureInfo.InvariantCulture),
        "add" => given.Sum(value => long.Parse(TemplateValue.Text(value), CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"the function {function} is not known"),
    };

    // The helper templates; see HelperTemplates for their Helm form.
    private string Include(CallNode call)
    {
        var argument = Evaluate(call.Arguments[1]);
        if (Evaluate(call.Arguments[0]) is not string name)
        {
            throw new FormatException("include needs the name of a template");
        }

        return name switch
        {
            "chart.fullname" => context.FullName,
            "chart.chart" => $"{context.Chart.Name}-{context.Chart.Version}".Replace('+', '_'),
            "chart.image" => Image((Dictionary<string, object?>)argument!),
            "chart.secretName" => SecretName((Dictionary<string, object?>)argument!),
            _ when name.StartsWith("chart.secret.", StringComparison.Ordinal) => context.Secret(name["chart.secret.".Length..]),
            _ when name.StartsWith("templates/", StringComparison.Ordinal) => file(name["templates/".Length..]),
            _ when name.StartsWith("chart.job.", StringComparison.Ordinal) => file(name),
            _ => throw new FormatException($"the template {name} is not known"),
        };
    }

    private string Image(Dictionary<string, object?> argument)
    {
        var image = (JsonObject)argument["image"]!;
        string Part(string key) => TemplateValue.Text(TemplateValue.From(image[key]));
        var mirror = TemplateValue.Text(context.Field(["Values", "global", "imageRegistry"]));
        var tag = Part("tag") is { Length: > 0 } given ? given : context.Chart.AppVersion;
        return new ResourceImage(mirror.Length > 0 ? mirror : Part("registry"), Part("repository"), tag, Part("digest")).Reference;
    }

    private string SecretName(Dictionary<string, object?> argument) => TemplateValue.Text(argument["given"]) is { Length: > 0 } given
        ? given
        : $"{context.FullName}-{TemplateValue.Text(argument["name"])}";

    private static string Trim(string text, string suffix) => text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;

    private static Dictionary<string, object?> Pairs(object?[] given) =>
        given.Chunk(2).ToDictionary(pair => TemplateValue.Text(pair[0]), pair => pair[1], StringComparer.Ordinal);

    private static string Format(string format, object?[] arguments)
    {
        var text = new StringBuilder();
        var next = 0;
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                text.Append(format[at]);
            }
            else if (format[++at] == '%')
            {
                text.Append('%');
            }
            else
            {
                text.Append(TemplateValue.Text(arguments[next++]));
            }
        }

        return text.ToString();
    }
}
