using System.Globalization;
using System.Text.RegularExpressions;

namespace MlKit.Tests.Search;

internal enum SampleField
{
    RunId,
    Name,
    UserId,
    Status,
    ArtifactUri,
    StartTime,
    EndTime,
    Metric,
    Param,
    Tag,
    DatasetName,
    DatasetDigest,
    DatasetContext,
}

/// <summary>A comparison as data, evaluated by the rules of the grammar's description and by nothing of the service.</summary>
internal sealed record SampleClause(SampleField Field, string Key, string Comparator, string Text, double Number, IReadOnlyList<string> List)
{
    public bool Matches(SampleRun run) => Field switch
    {
        SampleField.RunId => Text_(run.Id),
        SampleField.Name => Text_(run.Name),
        SampleField.UserId => Text_(run.UserId),
        SampleField.Status => Text_(run.Status.ToString().ToUpperInvariant()),
        SampleField.ArtifactUri => Text_(run.ArtifactUri),
        SampleField.StartTime => Compare(run.StartTime),
        SampleField.EndTime => run.EndTime is { } end && Compare(end),
        SampleField.Metric => run.Metrics.TryGetValue(Key, out var value) && Metric(value),
        SampleField.Param => Pair(run.Params),
        SampleField.Tag => Pair(run.Tags),
        SampleField.DatasetName => run.Datasets.Any(dataset => Text_(dataset.Name)),
        SampleField.DatasetDigest => run.Datasets.Any(dataset => Text_(dataset.Digest)),
        _ => run.Datasets.Any(dataset => dataset.Context is { } context && Text_(context)),
    };

    private bool Pair(IReadOnlyDictionary<string, string> pairs) => Comparator switch
    {
        "IS NULL" => !pairs.ContainsKey(Key),
        "IS NOT NULL" => pairs.ContainsKey(Key),
        _ => pairs.TryGetValue(Key, out var value) && Text_(value),
    };

    private bool Metric(double value) => double.IsNaN(value) ? Comparator == "!=" : Compare(value);

    private bool Compare(double value) => SampleComparison.Holds(value, Comparator, Number);

    private bool Text_(string value) => Comparator switch
    {
        "=" => value == Text,
        "!=" => value != Text,
        "LIKE" => Like(value, RegexOptions.None),
        "ILIKE" => Like(value, RegexOptions.IgnoreCase),
        "IN" => List.Contains(value),
        _ => !List.Contains(value),
    };

    private bool Like(string value, RegexOptions options)
    {
        var pattern = string.Concat(Text.Select(character => character switch
        {
            '%' => @"[\s\S]*",
            '_' => @"(?>[\uD800-\uDBFF][\uDC00-\uDFFF]|[\s\S])",
            _ => Regex.Escape(character.ToString()),
        }));
        return Regex.IsMatch(value, $@"\A{pattern}\z", options | RegexOptions.CultureInvariant);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Field}[{Key}] {Comparator} '{Text}' {Number} ({string.Join(", ", List)})");
}
