namespace MlKit.Scorer.Scheduling;

/// <summary>Requests that wait: by priority, then in the order of arrival.</summary>
internal sealed class JobQueue
{
    private readonly SortedList<ulong, LinkedList<InferenceJob>> _levels = [];
    private readonly PriorityQueue<InferenceJob, long> _deadlines = new();

    public int Count { get; private set; }

    /// <summary>The requests in the order in which they are served.</summary>
    public IEnumerable<InferenceJob> InOrder
    {
        get
        {
            for (var i = 0; i < _levels.Count; i++)
            {
                for (var node = _levels.GetValueAtIndex(i).First; node is not null; node = node.Next)
                {
                    yield return node.Value;
                }
            }
        }
    }

    public int CountOf(ulong level) => _levels.TryGetValue(level, out var jobs) ? jobs.Count : 0;

    public void Add(InferenceJob job, ulong level)
    {
        if (!_levels.TryGetValue(level, out var jobs))
        {
            _levels[level] = jobs = new LinkedList<InferenceJob>();
        }

        job.Place = jobs.AddLast(job);
        Count++;
        if (job.Deadline != long.MaxValue)
        {
            _deadlines.Enqueue(job, job.Deadline);
        }
    }

    /// <summary>Takes a request out; false where it no longer waits.</summary>
    public bool Remove(InferenceJob job)
    {
        if (job.Place is not { } place)
        {
            return false;
        }

        place.List!.Remove(place);
        job.Place = null;
        Count--;
        return true;
    }

    /// <summary>The next deadline of a request that waits; null: none has one.</summary>
    public long? NextDeadline()
    {
        while (_deadlines.TryPeek(out var job, out var deadline))
        {
            if (job.Place is not null && job.Deadline == deadline)
            {
                return deadline;
            }

            _deadlines.Dequeue();
        }

        return null;
    }

    /// <summary>Takes out a request whose deadline has passed; null: there is none.</summary>
    public InferenceJob? TakeExpired(long now)
    {
        if (NextDeadline() is not { } deadline || deadline > now)
        {
            return null;
        }

        var job = _deadlines.Dequeue();
        Remove(job);
        return job;
    }
}
