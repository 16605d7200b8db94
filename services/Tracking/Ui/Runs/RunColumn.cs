using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>What a column of the run table shows.</summary>
public enum ColumnKind
{
    /// <summary>Of the run itself.</summary>
    Attribute,

    /// <summary>The latest value of a metric.</summary>
    Metric,

    /// <summary>A param.</summary>
    Param,

    /// <summary>A tag.</summary>
    Tag,
}

/// <summary>A column of the run table.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="Key">The key, or the name of the attribute.</param>
public sealed record RunColumn(ColumnKind Kind, string Key)
{
    private static readonly Dictionary<string, (string Title, string? Order)> Attributes = new()
    {
        ["start_time"] = ("Created", "attributes.start_time"),
        ["duration"] = ("Duration", null),
        ["status"] = ("Status", "attributes.status"),
        ["user"] = ("User", "attributes.user_id"),
        ["source"] = ("Source", null),
        ["datasets"] = ("Data sets", null),
        ["models"] = ("Models", null),
        ["run_id"] = ("Run id", "attributes.run_id"),
        ["experiment"] = ("Experiment", null),
    };

    /// <summary>Every attribute that can be shown.</summary>
    public static IEnumerable<RunColumn> OfAttributes => Attributes.Keys.Select(key => new RunColumn(ColumnKind.Attribute, key));

    /// <summary>The heading.</summary>
    public string Title => Kind == ColumnKind.Attribute ? Attributes[Key].Title : Key;

    /// <summary>How orders name it; null where the server cannot order by it.</summary>
    public string? OrderKey => Kind switch
    {
        ColumnKind.Attribute => Attributes[Key].Order,
        ColumnKind.Metric => $"metrics.`{Key}`",
        ColumnKind.Param => $"params.`{Key}`",
        _ => $"tags.`{Key}`",
    };

    /// <summary>How addresses name it.</summary>
    public string Id => Kind switch
    {
        ColumnKind.Attribute => $"attributes.{Key}",
        ColumnKind.Metric => $"metrics.{Key}",
        ColumnKind.Param => $"params.{Key}",
        _ => $"tags.{Key}",
    };

    /// <summary>Reads what <see cref="Id"/> wrote; null for anything else.</summary>
    public static RunColumn? Parse(string id)
    {
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        var (kind, key) = dot < 0 ? ("", id) : (id[..dot], id[(dot + 1)..].Trim('`'));
        return kind switch
        {
            "attributes" when Attributes.ContainsKey(key) => new RunColumn(ColumnKind.Attribute, key),
            "metrics" => new RunColumn(ColumnKind.Metric, key),
            "params" => new RunColumn(ColumnKind.Param, key),
            "tags" => new RunColumn(ColumnKind.Tag, key),
            _ => null,
        };
    }

    /// <summary>The cell's text.</summary>
    public string Text(Run run, TimeProvider time) => Kind switch
    {
        ColumnKind.Metric => run.Data.Metrics.FirstOrDefault(metric => metric.Key == Key) is { } metric ? Display.Number(metric.Value) : "",
        ColumnKind.Param => run.Data.Params.FirstOrDefault(param => param.Key == Key)?.Value ?? "",
        ColumnKind.Tag => run.Data.Tags.Tag(Key) ?? "",
        _ => Attribute(run, time),
    };

    private string Attribute(Run run, TimeProvider time) => Key switch
    {
        "start_time" => Display.Moment(run.Info.StartTime, time),
        "duration" => Display.Duration(run.Info, time),
        "status" => run.Info.Status.ToString(),
        "user" => run.User(),
        "source" => run.Source(),
        "datasets" => string.Join(", ", run.Inputs.DatasetInputs.Select(input => input.DatasetText())),
        "models" => string.Join(", ", run.Outputs.ModelOutputs.Select(output => output.ModelId)),
        "run_id" => run.Info.RunId,
        "experiment" => run.Info.ExperimentId,
        _ => "",
    };
}
