using MlKit.Tracking.Search;

namespace MlKit.Tracking.Runs;

/// <summary>The names that filters and orders of runs may use.</summary>
internal static class RunGrammar
{
    private static readonly Field StartTime = new(FieldKind.NumberAttribute, "r.start_time");
    private static readonly Field Name = new(FieldKind.TextAttribute, "r.name");

    private static readonly Dictionary<string, Field> Plain = new()
    {
        ["run_id"] = new(FieldKind.TextAttribute, "r.run_id"),
        ["run_name"] = Name,
        ["user_id"] = new(FieldKind.TextAttribute, "r.user_id"),
        ["status"] = new(FieldKind.TextAttribute, RunConditions.StatusName),
        ["artifact_uri"] = new(FieldKind.TextAttribute, "r.artifact_uri"),
        ["start_time"] = StartTime,
        ["created"] = StartTime,
        ["Created"] = StartTime,
        ["end_time"] = new(FieldKind.NumberAttribute, "r.end_time"),
    };

    public static Grammar Grammar { get; } = new()
    {
        Entities = new Dictionary<string, FieldKind>
        {
            [""] = FieldKind.TextAttribute,
            ["attributes"] = FieldKind.TextAttribute,
            ["attribute"] = FieldKind.TextAttribute,
            ["attr"] = FieldKind.TextAttribute,
            ["run"] = FieldKind.TextAttribute,
            ["metrics"] = FieldKind.Metric,
            ["metric"] = FieldKind.Metric,
            ["params"] = FieldKind.Param,
            ["param"] = FieldKind.Param,
            ["parameters"] = FieldKind.Param,
            ["parameter"] = FieldKind.Param,
            ["tags"] = FieldKind.Tag,
            ["tag"] = FieldKind.Tag,
            ["datasets"] = FieldKind.Dataset,
            ["dataset"] = FieldKind.Dataset,
        },
        Attributes = new Dictionary<string, Field>(Plain)
        {
            ["run name"] = Name,
            ["Run name"] = Name,
            ["Run Name"] = Name,
        },
        OrderAttributes = Plain,
        Listable = ["r.run_id"],
        DatasetKeys = new Dictionary<string, string>
        {
            ["name"] = "d.name",
            ["digest"] = "d.digest",
            ["context"] = RunConditions.DatasetContext,
        },
        NullTests = true,
    };
}
