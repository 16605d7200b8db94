namespace MlKit.Tracking.Metrics;

/// <summary>
/// Thins out a run's points for a chart: they are cut into equal groups, the earlier ones larger by one where it does
/// not come out even; the first of each group stays, and of the last group the last.
/// </summary>
internal static class PointSample
{
    /// <summary>The positions that stay, in order.</summary>
    public static IEnumerable<long> Positions(long count, int groups)
    {
        if (count <= groups)
        {
            for (var i = 0L; i < count; i++)
            {
                yield return i;
            }

            yield break;
        }

        var (size, larger) = (count / groups, count % groups);
        for (var group = 0; group < groups - 1; group++)
        {
            yield return (group * size) + Math.Min(group, larger);
        }

        yield return count - 1;
    }
}
