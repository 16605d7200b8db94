using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Checking;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Rendering;

/// <summary>The objects of a chart as an installation with given values has them.</summary>
internal sealed class ObjectRenderer
{
    private const int JobHashLength = 8;

    private readonly IReadOnlyList<ChartObject> _objects;
    private readonly TemplateEvaluator _evaluator;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public ObjectRenderer(IReadOnlyList<ChartObject> objects, RenderContext context)
    {
        _objects = objects;
        _evaluator = new TemplateEvaluator(context, TextOf);
    }

    /// <summary>The objects whose condition holds, in the order of the chart.</summary>
    public IReadOnlyList<ManifestObject> Render() =>
        [.. _objects.Where(IsWritten).Select(item => new ManifestObject(item.File, Render(item)))];

    private bool IsWritten(ChartObject item) => item.When is null || TemplateValue.IsTrue(_evaluator.Evaluate(item.When));

    private JsonObject Render(ChartObject item)
    {
        var tree = Map(item.Tree);
        if (item.Kind == "Job")
        {
            // As TemplateText does: the name changes with the content.
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TextOf(item.JobHelper))));
            tree["metadata"]!["name"] = $"{(string)tree["metadata"]!["name"]!}-{hash[..JobHashLength]}";
        }

        return tree;
    }

    private string TextOf(string file)
    {
        if (!_texts.TryGetValue(file, out var text))
        {
            text = _objects.Where(item => item.File == file && IsWritten(item)).Select(item => Map(item.Tree).ToJsonString())
                .Concat(_objects.Where(item => item.Kind == "Job" && item.JobHelper == file).Select(item => Map(item.Map("spec")).ToJsonString()))
                .FirstOrDefault("");
            _texts.Add(file, text);
        }

        return text;
    }

    private JsonObject Map(YamlMapping map)
    {
        var result = new JsonObject();
        foreach (var entry in map.Entries.Where(entry => entry.When is null || TemplateValue.IsTrue(_evaluator.Evaluate(entry.When))))
        {
            if (entry.Value is YamlMerge merge)
            {
                foreach (var (key, value) in _evaluator.Evaluate(merge.Expression) as JsonObject ?? [])
                {
                    result[key] = value?.DeepClone();
                }
            }
            else
            {
                result[entry.Key] = Node(entry.Value);
            }
        }

        return result;
    }

    private JsonArray List(YamlSequence list)
    {
        var result = new JsonArray();
        list.Items.ForEach(item => Add(result, item));
        return result;
    }

    private void Add(JsonArray list, YamlNode item)
    {
        switch (item)
        {
            case YamlWhen optional:
                if (TemplateValue.IsTrue(_evaluator.Evaluate(optional.Condition)))
                {
                    Add(list, optional.Item);
                }

                break;
            case YamlSplice splice:
                foreach (var further in _evaluator.Evaluate(splice.Expression) as JsonArray ?? [])
                {
                    list.Add(further?.DeepClone());
                }

                break;
            default:
                list.Add(Node(item));
                break;
        }
    }

    private JsonNode? Node(YamlNode node) => node switch
    {
        YamlMapping map => Map(map),
        YamlSequence list => List(list),
        YamlText text => JsonValue.Create(_evaluator.Text(text.Value)),
        YamlPlain plain => Plain(plain.Value),
        YamlExpression expression => Value(expression.Expression),
        YamlBlock block => TemplateValue.ToNode(_evaluator.Evaluate(block.Expression)),
        _ => throw new FormatException($"no value for {node}"),
    };

    // Unquoted output is read again as YAML; a quoted one is a text whatever it holds.
    private JsonNode? Value(string expression)
    {
        var value = _evaluator.Evaluate(expression);
        return expression.EndsWith("| quote", StringComparison.Ordinal) ? JsonValue.Create(TemplateValue.Text(value)) : TemplateValue.ToNode(value);
    }

    private static JsonNode? Plain(string value) => value switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        "null" => null,
        _ => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? JsonValue.Create(whole)
            : JsonValue.Create(double.Parse(value, CultureInfo.InvariantCulture)),
    };
}
