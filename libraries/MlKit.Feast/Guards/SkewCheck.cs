namespace MlKit.Feast;

/// <summary>
/// Replays online reads through the offline path. A read is compared with the rows that were visible to it: event time at
/// or before the read, and materialized or pushed before it. A time to live counts only where the server was configured to
/// apply it; Feast's server serves expired values, too.
/// </summary>
internal sealed class SkewCheck(FeatureStore store, OfflineStore offline, MaterializationRuns runs)
{
    private const string RowColumn = "__mlkit_read";

    public async Task<SkewReport> RunAsync(IReadOnlyList<LoggedOnlineRead> reads, CancellationToken cancellationToken)
    {
        var ordered = reads.OrderBy(read => read.ReadTime).ToList();
        var differences = new List<(int Read, SkewDifference Difference)>();
        var (values, late, lateness) = (0, 0, TimeSpan.Zero);
        var known = await runs.ReadAsync(cancellationToken);
        foreach (var reference in ordered.SelectMany(read => read.Features).Distinct(StringComparer.Ordinal))
        {
            var (view, feature) = FeatureReference.Parse(reference);
            var catalogView = store.Catalog.View(view);
            var rows = Rows(ordered, reference, catalogView);
            if (rows.Count == 0)
            {
                continue;
            }

            var visible = await JoinAsync(rows, catalogView, feature, JoinRules.Usual with { IgnoreTtl = true, Visible = known.VisibleSql(catalogView) }, cancellationToken);
            var all = await JoinAsync(rows, catalogView, feature, JoinRules.Usual with { IgnoreTtl = true }, cancellationToken);
            for (var i = 0; i < rows.Count; i++)
            {
                values++;
                var type = catalogView.FindFeature(feature)!.Type;
                if (!SameValue.Of(rows[i].Online, visible[i], type))
                {
                    differences.Add((rows[i].Read, new SkewDifference(reference, rows[i].Entity, rows[i].Time, rows[i].Online, visible[i])));
                }
                else if (!SameValue.Of(visible[i], all[i], type))
                {
                    late++;
                    var after = known.FirstAfter(view, rows[i].Time) - rows[i].Time;
                    lateness = after > lateness ? after.Value : lateness;
                }
            }
        }

        return new SkewReport(
            ordered.Count, values, [.. differences.OrderBy(pair => pair.Read).Select(pair => pair.Difference)], late, lateness);
    }

    private static List<Row> Rows(List<LoggedOnlineRead> reads, string reference, CatalogView view)
    {
        var rows = new List<Row>();
        for (var read = 0; read < reads.Count; read++)
        {
            if (!reads[read].Values.TryGetValue(reference, out var values))
            {
                continue;
            }

            for (var row = 0; row < values.Count; row++)
            {
                var keys = view.JoinKeys.Where(key => key.Name != Entity.DummyJoinKey)
                    .Select(key => reads[read].Entities.TryGetValue(key.Name, out var column) ? column[row] : throw new FeastException(
                        $"a logged read of '{reference}' lacks the join key '{key.Name}'")).ToArray();
                rows.Add(new Row(read, reads[read].ReadTime, keys, string.Join(", ", view.JoinKeys.Zip(keys, (key, value) => $"{key.Name}={value}")), values[row]));
            }
        }

        return rows;
    }

    private async Task<IReadOnlyList<object?>> JoinAsync(
        List<Row> rows, CatalogView view, string feature, JoinRules rules, CancellationToken cancellationToken)
    {
        var columns = view.JoinKeys.Where(key => key.Name != Entity.DummyJoinKey)
            .Select((key, i) => new FeatureColumn(key.Name, rows.Select(row => row.Keys[i]).ToArray()))
            .Append(new FeatureColumn(HistoricalRequest.TimeName, rows.Select(row => row.Time).ToArray()))
            .Append(new FeatureColumn(RowColumn, Enumerable.Range(0, rows.Count).ToArray()));
        var frame = await offline.HistoricalAsync(
            new FeatureFrame(columns), [new HistoricalView(view, new ViewSelection(view.Name, [feature]))], fullNames: true, _ => rules, cancellationToken);
        var found = frame[$"{view.Name}__{feature}"];
        return [.. Enumerable.Range(0, rows.Count).Select(row => found[row])];
    }

    private sealed record Row(int Read, DateTimeOffset Time, object?[] Keys, string Entity, object? Online);
}
