using System.Diagnostics;
using MlKit.Inference;
using MlKit.Scorer.Models;
using MlKit.Scorer.Statistics;

namespace MlKit.Scorer.Scheduling;

/// <summary>
/// Runs the requests of one model version. A request that finds an instance free runs at once on its own thread; the
/// others wait by priority, and share runs where the rules allow it.
/// </summary>
internal sealed class ModelScheduler : IDisposable
{
    private const ulong Behind = ulong.MaxValue;

    private readonly BatchRunner _runner;
    private readonly SchedulingRules _rules;
    private readonly ComputeShare _share;
    private readonly ITimer _timer;
    private readonly JobQueue _queue = new();
    private int _idle;

    public ModelScheduler(IModelBackend backend, SchedulingRules rules, ComputeShare share, Admission admission, ModelCounters counters, TimeProvider time)
    {
        _rules = rules;
        _share = share;
        _idle = rules.Instances;
        Admission = admission;
        Counters = counters;
        _runner = new BatchRunner(backend, counters, admission, Finish);
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Admission Admission { get; }

    public ModelCounters Counters { get; }

    /// <summary>Ticks that the model has computed, for fair sharing.</summary>
    public long Used { get; set; }

    /// <summary>Requests that wait.</summary>
    public int Pending => _queue.Count;

    /// <summary>Runs a request.</summary>
    /// <exception cref="InferenceException">The model refused it or failed; Unavailable: it waited too long, or too many wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public ValueTask<Tensor[]> RunAsync(InferenceJob job)
    {
        job.CancellationToken.ThrowIfCancellationRequested();
        var level = _rules.LevelOf(job.Priority);
        lock (_share.Gate)
        {
            if (_queue.Count > 0 || _idle == 0 || !BatchRule.SendsAtOnce(_rules, job.Rows) || !_share.TryTake(this))
            {
                Enqueue(job, level);
                return WaitAsync(job, job.Answer);
            }

            _idle--;
        }

        return new ValueTask<Tensor[]>(_runner.RunAlone(job));
    }

    /// <summary>Starts the next run on a slot that was given; false where there is nothing to run. Called under the gate.</summary>
    public bool StartOne()
    {
        if (_idle == 0)
        {
            return false;
        }

        var now = Stopwatch.GetTimestamp();
        Expire(now);
        var choice = BatchRule.Choose(_queue, _rules, now);
        Arm(now, choice.WaitUntil);
        if (choice.Jobs.Count == 0)
        {
            return false;
        }

        choice.Jobs.ForEach(job => _queue.Remove(job));
        _idle--;
        _runner.Start(choice.Jobs);
        AskForMore();
        return true;
    }

    public void Dispose()
    {
        lock (_share.Gate)
        {
            _share.Forget(this);
        }

        _timer.Dispose();
    }

    private static async ValueTask<Tensor[]> AwaitAsync(Task<Tensor[]> answer, CancellationTokenRegistration registration)
    {
        using (registration)
        {
            return await answer.ConfigureAwait(false);
        }
    }

    private ValueTask<Tensor[]> WaitAsync(InferenceJob job, Task<Tensor[]> answer) => AwaitAsync(
        answer,
        job.CancellationToken.UnsafeRegister(state => Abandon((InferenceJob)state!), job));

    private void Enqueue(InferenceJob job, ulong level)
    {
        var rule = _rules.QueueOf(level);
        if (rule.MaxSize > 0 && _queue.CountOf(level) >= rule.MaxSize)
        {
            throw Admission.Overloaded($"{rule.MaxSize} requests wait already, which is the model's max_queue_size");
        }

        var timeout = job.Timeout > 0 && rule.AllowsOverride ? job.Timeout : rule.Timeout;
        job.Deadline = timeout > 0 ? job.Arrived + timeout : long.MaxValue;
        _ = job.Answer;
        _queue.Add(job, level);
        if (_idle > 0)
        {
            AskForMore();
            _share.Distribute();
        }

        if (job.Place is not null && job.Deadline != long.MaxValue)
        {
            Arm(Stopwatch.GetTimestamp(), long.MaxValue);
        }
    }

    /// <summary>Waits for a slot where an instance is idle and a request waits.</summary>
    private void AskForMore()
    {
        if (_idle > 0 && _queue.Count > 0)
        {
            _share.Await(this);
        }
    }

    private void Finish(long ticks)
    {
        lock (_share.Gate)
        {
            _idle++;
            _share.Return(this, ticks);
            AskForMore();
            _share.Distribute();
        }
    }

    private void Wake()
    {
        lock (_share.Gate)
        {
            var now = Stopwatch.GetTimestamp();
            Expire(now);
            Arm(now, long.MaxValue);
            AskForMore();
            _share.Distribute();
        }
    }

    private void Expire(long now)
    {
        while (_queue.TakeExpired(now) is { } job)
        {
            if (_rules.QueueOf(_rules.LevelOf(job.Priority)).Delays)
            {
                job.Deadline = long.MaxValue;
                _queue.Add(job, Behind);
            }
            else
            {
                var waited = Stopwatch.GetElapsedTime(job.Arrived, now);
                ThreadPool.UnsafeQueueUserWorkItem(
                    expired => expired.Fail(new InferenceException(InferenceErrorKind.Unavailable, $"the request's timeout has passed: it waited {waited.TotalMilliseconds:0} ms")),
                    job, preferLocal: false);
            }
        }
    }

    private void Abandon(InferenceJob job)
    {
        lock (_share.Gate)
        {
            if (!_queue.Remove(job))
            {
                return;
            }
        }

        job.Fail(new OperationCanceledException(job.CancellationToken));
    }

    /// <summary>Sets the timer for the next batch that is due or the next deadline, whichever comes first.</summary>
    private void Arm(long now, long batch)
    {
        var due = Math.Min(batch, _queue.NextDeadline() ?? long.MaxValue);
        if (due != long.MaxValue)
        {
            // Timers count whole milliseconds: one more is better than a wake-up for nothing.
            var wait = Math.Ceiling(Math.Max(0, (due - now) * 1000.0 / Stopwatch.Frequency));
            _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(wait, 1, int.MaxValue - 1)), Timeout.InfiniteTimeSpan);
        }
    }
}
