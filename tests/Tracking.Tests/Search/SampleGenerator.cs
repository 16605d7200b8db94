using MlKit.Tracking.Runs;

namespace MlKit.Tests.Search;

/// <summary>Makes runs, filters and orders from small pools, so that they often meet.</summary>
internal sealed class SampleGenerator(Random random)
{
    private static readonly string[] Keys = ["a", "b.c", "learning rate", "1st", "x/y", "é", "mlflow.user"];

    private static readonly string[] Values =
        ["", "a", "A", "ab", "aB", "Ab%", "a_b", "é", "É", "it's", "say \"x\"", "😀", "a😀b", "%", "_", "1", "a\\b", "line\nend"];

    private static readonly string[] Patterns =
        ["%", "_", "a%", "%b", "%a%", "_b", "a_", "__", "", "A%", "é", "%é%", "a_b", "%😀%", "a\\%", "%_", "%%a", "it%", "%NN%", "%/0/%"];

    private static readonly double[] Numbers = [-1.5, -1, 0, 0.5, 1, 2, 1e-7, 1e300, 1000, 1001, 1002];

    private static readonly string[] OfNumbers = ["=", "!=", ">", ">=", "<", "<="];

    private static readonly string[] OfText = ["=", "!=", "LIKE", "ILIKE"];

    public SampleRun Run() => new(
        random.Next(3) == 0 ? "same" : NotEmpty(Pick(Values)), Pick(Values), (RunStatus)random.Next(1, 6), 1000 + random.Next(3),
        random.Next(2) == 0 ? null : 1000 + random.Next(3), random.Next(8) == 0, Some(() => random.Next(6) == 0 ? double.NaN : Pick(Numbers)),
        Some(() => Pick(Values)), Some(() => Pick(Values)), Datasets());

    public IReadOnlyList<SampleClause> Filter(IReadOnlyList<SampleRun> runs) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Clause(runs))];

    public IReadOnlyList<SampleOrder> Order()
    {
        SampleField[] fields =
        [
            SampleField.StartTime, SampleField.EndTime, SampleField.Name, SampleField.Status, SampleField.UserId,
            SampleField.Metric, SampleField.Metric, SampleField.Param, SampleField.Tag,
        ];
        return [.. Enumerable.Range(0, random.Next(0, 4))
            .Select(_ => new SampleOrder(Pick(fields), "", random.Next(2) == 0))
            .Select(order => order.Field is SampleField.Metric or SampleField.Param or SampleField.Tag ? order with { Key = Pick(Keys) } : order)
            .DistinctBy(order => (order.Field, order.Key))];
    }

    private SampleClause Clause(IReadOnlyList<SampleRun> runs)
    {
        var field = Pick(Enum.GetValues<SampleField>());
        var key = field is SampleField.Metric or SampleField.Param or SampleField.Tag ? Pick(Keys) : "";
        var comparator = Pick(field switch
        {
            SampleField.Metric or SampleField.StartTime or SampleField.EndTime => OfNumbers,
            SampleField.Param or SampleField.Tag => [.. OfText, "IS NULL", "IS NOT NULL"],
            SampleField.RunId or SampleField.DatasetName or SampleField.DatasetDigest or SampleField.DatasetContext => [.. OfText, "IN", "NOT IN"],
            _ => OfText,
        });
        var text = comparator is "LIKE" or "ILIKE" ? Pick(Patterns) : field switch
        {
            SampleField.RunId => Pick(runs).Id,
            SampleField.ArtifactUri => Pick(runs).ArtifactUri,
            SampleField.Status => Pick(["RUNNING", "FINISHED", "finished", "KILLED"]),
            SampleField.Name => random.Next(2) == 0 ? "same" : Pick(Values),
            _ => Pick(Values),
        };
        string[] list = field == SampleField.RunId ? [Pick(runs).Id, Pick(runs).Id, "x"] : [Pick(Values), Pick(Values)];
        return new SampleClause(field, key, comparator, text, Pick(Numbers), list[..random.Next(1, list.Length + 1)]);
    }

    private IReadOnlyList<SampleDataset> Datasets() => [.. Enumerable.Range(0, random.Next(3))
        .Select(_ => new SampleDataset(NotEmpty(Pick(Values)), NotEmpty(Pick(Values)), random.Next(2) == 0 ? null : NotEmpty(Pick(Values))))
        .DistinctBy(dataset => (dataset.Name, dataset.Digest))];

    private Dictionary<string, T> Some<T>(Func<T> value) =>
        Keys.Where(_ => random.Next(2) == 0).ToDictionary(key => key, _ => value());

    private static string NotEmpty(string text) => text.Length == 0 ? "x" : text;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
