namespace MlKit.Scorer.Scheduling;

/// <summary>Which requests to run together, or until when to wait for more.</summary>
/// <param name="Jobs">Empty: none yet.</param>
/// <param name="WaitUntil">Timestamp to look again; <see cref="long.MaxValue"/>: when a request comes.</param>
internal readonly record struct BatchChoice(List<InferenceJob> Jobs, long WaitUntil);

/// <summary>
/// The rule of dynamic batching. In the order of service, requests that go together are taken as long as they fit. If
/// some number of them makes a preferred size exactly, the largest such goes. Else, if the oldest has waited less than
/// the delay and no more would fit, it waits; else all that fit go. A request is never split.
/// </summary>
internal static class BatchRule
{
    public static BatchChoice Choose(JobQueue queue, SchedulingRules rules, long now)
    {
        var taken = new List<InferenceJob>();
        var (rows, preferred, full, oldest) = (0, 0, false, long.MaxValue);
        foreach (var job in queue.InOrder)
        {
            if (taken.Count > 0 && !(rules.Batches && taken[0].GoesWith(job)))
            {
                if (!rules.Batches)
                {
                    break;
                }

                continue;
            }

            if (taken.Count > 0 && rows + job.Rows > rules.MaxBatch)
            {
                full = true;
                break;
            }

            taken.Add(job);
            rows += job.Rows;
            oldest = Math.Min(oldest, job.Arrived);
            preferred = rules.Preferred.Contains(rows) ? taken.Count : preferred;
            if (rows >= rules.MaxBatch)
            {
                full = true;
                break;
            }
        }

        if (taken.Count == 0)
        {
            return new BatchChoice(taken, long.MaxValue);
        }

        if (preferred > 0)
        {
            taken.RemoveRange(preferred, taken.Count - preferred);
            return new BatchChoice(taken, long.MaxValue);
        }

        return full || now - oldest >= rules.Delay ? new BatchChoice(taken, long.MaxValue) : new BatchChoice([], oldest + rules.Delay);
    }

    /// <summary>Whether a request that finds nobody waiting and an instance free runs without waiting for company.</summary>
    public static bool SendsAtOnce(SchedulingRules rules, int rows) =>
        rules.Delay == 0 || rows >= rules.MaxBatch || rules.Preferred.Contains(rows);
}
