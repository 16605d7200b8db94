namespace MlKit.Mlflow.Logging;

/// <summary>One thing to log: a metric point, a param or a tag.</summary>
internal readonly record struct LogItem(Metric? Metric, Param? Param, Tag? Tag)
{
    public string Key => Metric?.Key ?? Param?.Key ?? Tag?.Key ?? "";

    public static LogItem Of(Metric metric) => new(metric, null, null);

    public static LogItem Of(Param param) => new(null, param, null);

    public static LogItem OfTag(Tag tag) => new(null, null, tag);
}
