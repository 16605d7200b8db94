using System.Diagnostics;
using MlKit.Inference.Grpc.Messages;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Statistics;

/// <summary>Why a request was not answered, in the words of Triton's metrics.</summary>
internal enum FailureReason
{
    /// <summary>The queue was full, or the request waited too long.</summary>
    Rejected,

    /// <summary>The caller gave up.</summary>
    Canceled,

    /// <summary>The model failed.</summary>
    Backend,

    /// <summary>The request was wrong.</summary>
    Other,
}

/// <summary>Counts what one model version did: requests, rows, runs, and the time that each step took.</summary>
internal sealed class ModelCounters(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Step[]> _batches = [];
    private readonly long[] _failures = new long[Enum.GetValues<FailureReason>().Length];
    private Step _success;
    private Step _fail;
    private Step _queue;
    private Step _input;
    private Step _infer;
    private Step _output;
    private long _rows;
    private long _runs;
    private long _last;

    /// <summary>A request was answered.</summary>
    /// <param name="rows">Rows of the request.</param>
    /// <param name="arrived">When it came.</param>
    /// <param name="times">The run that it took part in.</param>
    public void Succeed(int rows, long arrived, in RunTimes times)
    {
        lock (_gate)
        {
            _rows += rows;
            _success.Add(times.OutputDone - arrived);
            _queue.Add(times.Started - arrived);
            _input.Add(times.InputDone - times.Started);
            _infer.Add(times.InferDone - times.InputDone);
            _output.Add(times.OutputDone - times.InferDone);
        }
    }

    /// <summary>The model ran, for one request or several.</summary>
    public void Ran(int rows, in RunTimes times)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            _runs++;
            _last = now;
            if (!_batches.TryGetValue(rows, out var steps))
            {
                _batches[rows] = steps = new Step[3];
            }

            steps[0].Add(times.InputDone - times.Started);
            steps[1].Add(times.InferDone - times.InputDone);
            steps[2].Add(times.OutputDone - times.InferDone);
        }
    }

    /// <summary>A request was not answered.</summary>
    public void Fail(FailureReason reason, long arrived)
    {
        lock (_gate)
        {
            _failures[(int)reason]++;
            _fail.Add(Stopwatch.GetTimestamp() - arrived);
        }
    }

    public CounterTotals Totals()
    {
        lock (_gate)
        {
            return new CounterTotals(
                _success.Count, (long[])_failures.Clone(), _rows, _runs,
                _success.Nanoseconds, _queue.Nanoseconds, _input.Nanoseconds, _infer.Nanoseconds, _output.Nanoseconds);
        }
    }

    /// <summary>The counters as the statistics extension shows them.</summary>
    public ModelStatistics ToMessage(LoadedModel model)
    {
        lock (_gate)
        {
            var message = new ModelStatistics
            {
                Name = model.Name,
                Version = model.Version,
                LastInference = (ulong)_last,
                InferenceCount = (ulong)_rows,
                ExecutionCount = (ulong)_runs,
                InferenceStats = new InferStatistics
                {
                    Success = _success.ToMessage(),
                    Fail = _fail.ToMessage(),
                    Queue = _queue.ToMessage(),
                    ComputeInput = _input.ToMessage(),
                    ComputeInfer = _infer.ToMessage(),
                    ComputeOutput = _output.ToMessage(),
                    CacheHit = new StatisticDuration(),
                    CacheMiss = new StatisticDuration(),
                },
                MemoryUsage = { new MemoryUsage { Type = "CPU", ByteSize = (ulong)model.Bytes } },
            };
            message.BatchStats.AddRange(_batches.Select(batch => new InferBatchStatistics
            {
                BatchSize = (ulong)batch.Key,
                ComputeInput = batch.Value[0].ToMessage(),
                ComputeInfer = batch.Value[1].ToMessage(),
                ComputeOutput = batch.Value[2].ToMessage(),
            }));
            return message;
        }
    }

    private struct Step
    {
        private long _ticks;

        public long Count { get; private set; }

        public readonly long Nanoseconds => (long)(_ticks * (1e9 / Stopwatch.Frequency));

        public void Add(long ticks)
        {
            Count++;
            _ticks += ticks;
        }

        public readonly StatisticDuration ToMessage() => new() { Count = (ulong)Count, Ns = (ulong)Math.Max(0, Nanoseconds) };
    }
}

/// <summary>The counters of a model version at one moment; times in nanoseconds.</summary>
internal sealed record CounterTotals(
    long Success, long[] Failures, long Rows, long Runs, long RequestTime, long QueueTime, long InputTime, long InferTime, long OutputTime);
