namespace MlKit.Feast;

/// <content>The guards against differences between serving and training, and against knowledge of the future.</content>
public sealed partial class FeatureStore
{
    /// <summary>
    /// Replays logged online reads through the offline store and compares. Late rows are reported apart from
    /// differences.
    /// </summary>
    /// <param name="reads">The reads, in any order.</param>
    /// <param name="cancellationToken">Stops between features.</param>
    /// <exception cref="FeastException">A name is unknown, a key is absent, or files cannot be read.</exception>
    public Task<SkewReport> CheckSkewAsync(IReadOnlyList<LoggedOnlineRead> reads, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reads);
        return new SkewCheck(this, _offline, _runs).RunAsync(reads, cancellationToken);
    }

    /// <summary>For tests: fails with the first difference if <see cref="CheckSkewAsync"/> finds one.</summary>
    /// <exception cref="FeastException">There is a difference, or the check cannot be made.</exception>
    public async Task AssertNoSkewAsync(IReadOnlyList<LoggedOnlineRead> reads, CancellationToken cancellationToken = default)
    {
        var report = await CheckSkewAsync(reads, cancellationToken);
        if (report.First is not null)
        {
            throw new FeastException($"serving and training disagree: {report}");
        }
    }

    /// <summary>
    /// Repeats a point-in-time join as if the clock stood at an earlier time: rows with an event time or created time
    /// after it do not exist. Entity rows at or before it must not change.
    /// </summary>
    /// <param name="entities">Join keys and <c>event_timestamp</c>.</param>
    /// <param name="features">References <c>view:feature</c>.</param>
    /// <param name="earlier">The clock moved back; some entity rows should be before it.</param>
    /// <param name="cancellationToken">Stops between views.</param>
    /// <exception cref="FeastException">A name is unknown, a join key is absent, or files cannot be read.</exception>
    public Task<LeakReport> CheckLeakAsync(
        FeatureFrame entities, IReadOnlyList<string> features, DateTimeOffset earlier, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var selections = OnlinePlan.Selections(Catalog, features);
        return LeakCheck.RunAsync(
            clock => HistoricalAsync(
                entities, selections, fullNames: true, JoinRules.Usual with { KnownAt = clock == DateTimeOffset.MaxValue ? null : clock }, cancellationToken),
            DateTimeOffset.MaxValue,
            earlier);
    }

    /// <summary>For tests: fails with the first value that knows what came after it.</summary>
    /// <exception cref="FeastException">There is such a value, or the check cannot be made.</exception>
    public async Task AssertNoLeakAsync(
        FeatureFrame entities, IReadOnlyList<string> features, DateTimeOffset earlier, CancellationToken cancellationToken = default)
    {
        var report = await CheckLeakAsync(entities, features, earlier, cancellationToken);
        if (report.Leaks.Count > 0)
        {
            throw new FeastException($"training rows know the future: {report}");
        }
    }
}
