using MlKit.Tracking.Http;
using MlKit.Tracking.Search;

namespace MlKit.Tracking.Traces;

/// <summary>The names that searches over traces know.</summary>
internal static class TraceGrammar
{
    private const string AttributePrefix = "attributes.";
    private const string Content = "content";

    private const string NameColumn =
        $"(SELECT n.value FROM trace_tags n WHERE n.trace = t.trace AND n.key = '{TraceKeys.Name}')";

    private const string RunColumn =
        $"(SELECT n.value FROM trace_metadata n WHERE n.trace = t.trace AND n.key = '{TraceKeys.SourceRun}')";

    private const string EndColumn = "(t.timestamp_ms + COALESCE(t.execution_ms, 0))";

    private static readonly Dictionary<string, Field> Ordered = new()
    {
        ["request_id"] = new(FieldKind.TextAttribute, "t.trace_id"),
        ["status"] = new(FieldKind.TextAttribute, "t.state"),
        ["name"] = new(FieldKind.TextAttribute, NameColumn),
        ["run_id"] = new(FieldKind.TextAttribute, RunColumn),
        ["timestamp"] = new(FieldKind.NumberAttribute, "t.timestamp_ms"),
        ["timestamp_ms"] = new(FieldKind.NumberAttribute, "t.timestamp_ms"),
        ["execution_time"] = new(FieldKind.NumberAttribute, "t.execution_ms"),
        ["execution_time_ms"] = new(FieldKind.NumberAttribute, "t.execution_ms"),
        ["end_time"] = new(FieldKind.NumberAttribute, EndColumn),
        ["end_time_ms"] = new(FieldKind.NumberAttribute, EndColumn),
    };

    private static readonly Dictionary<string, string> SpanColumns = new()
    {
        ["name"] = "s.name",
        ["type"] = "s.type",
        ["status"] = "s.status",
        [Content] = "s.content",
    };

    public static Grammar Grammar { get; } = new()
    {
        Entities = new Dictionary<string, FieldKind>
        {
            [""] = FieldKind.TextAttribute,
            ["attribute"] = FieldKind.TextAttribute,
            ["attributes"] = FieldKind.TextAttribute,
            ["trace"] = FieldKind.TextAttribute,
            ["tag"] = FieldKind.Tag,
            ["tags"] = FieldKind.Tag,
            ["metadata"] = FieldKind.Param,
            ["request_metadata"] = FieldKind.Param,
            ["span"] = FieldKind.Span,
        },
        Attributes = new Dictionary<string, Field>(Ordered)
        {
            ["client_request_id"] = new(FieldKind.TextAttribute, "t.client_request_id"),
            ["text"] = new(FieldKind.Span, Content),
        },
        OrderAttributes = new Dictionary<string, Field>(Ordered)
        {
            ["experiment_id"] = new(FieldKind.NumberAttribute, "t.experiment_id"),
        },
        Listable = ["t.trace_id", "t.state", NameColumn, RunColumn, "t.client_request_id"],
        NullTests = true,
        RegularExpressions = true,
        CheckSpan = CheckSpan,
    };

    /// <summary>The column of a span's field, or null where it is one of its attributes.</summary>
    public static string? SpanColumn(string name) => SpanColumns.GetValueOrDefault(name);

    public static string SpanAttribute(string name) => name[AttributePrefix.Length..].Trim('`');

    /// <summary>What may be compared how: the whole text of a span is only searched.</summary>
    private static IReadOnlyList<Comparator> CheckSpan(string name)
    {
        if (name == Content)
        {
            return [Comparator.Like, Comparator.ILike];
        }

        if (SpanColumn(name) is null && (!name.StartsWith(AttributePrefix, StringComparison.Ordinal) || SpanAttribute(name).Length == 0))
        {
            throw ApiException.Invalid(
                $"Invalid span attribute '{name}'. Valid are {string.Join(", ", SpanColumns.Keys)} and attributes.<name>.");
        }

        return [Comparator.Equal, Comparator.NotEqual, Comparator.Like, Comparator.ILike, Comparator.RLike, Comparator.In, Comparator.NotIn];
    }
}
