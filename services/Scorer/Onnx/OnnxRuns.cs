using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace MlKit.Scorer.Onnx;

/// <summary>One run of a session that can be stopped.</summary>
/// <param name="binding">Inputs and outputs that stay bound from run to run.</param>
internal sealed class OnnxRun(OnnxBinding binding) : IDisposable
{
    public RunOptions Options { get; } = new();

    public OnnxBinding Binding { get; } = binding;

    /// <summary>When the run began; 0: none is going on.</summary>
    public long Started;

    /// <summary>The caller gave up.</summary>
    public CancellationToken CancellationToken;

    /// <summary>The run was told to stop.</summary>
    public bool IsStopped;

    /// <summary>It was told so because it took too long.</summary>
    public volatile bool TimedOut;

    public void Dispose()
    {
        Binding.Dispose();
        Options.Dispose();
    }
}

/// <summary>
/// Keeps the options of runs for the next ones, and stops runs whose caller gave up or that take longer than is allowed.
/// It looks every tenth of a second: a call-back for each run would cost more than most runs.
/// </summary>
internal sealed class OnnxRuns : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<OnnxRun> _all = [];
    private readonly Stack<OnnxRun> _idle = new();
    private readonly OnnxPlacement _placement;
    private readonly Timer _watch;

    private readonly Func<OnnxBinding> _bind;

    public OnnxRuns(OnnxPlacement placement, Func<OnnxBinding> bind)
    {
        _placement = placement;
        _bind = bind;
        _watch = new Timer(_ => StopLate(), null, Look, Look);
    }

    /// <summary>Longest time of one run.</summary>
    public TimeSpan Limit => _placement.RunLimit;

    /// <summary>Begins a run.</summary>
    public OnnxRun Rent(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_idle.TryPop(out var run))
            {
                run = new OnnxRun(_bind());
                foreach (var (key, value) in _placement.RunConfig)
                {
                    run.Options.AddRunConfigEntry(key, value);
                }

                _all.Add(run);
            }

            run.CancellationToken = cancellationToken;
            run.Started = Stopwatch.GetTimestamp();
            return run;
        }
    }

    public void Return(OnnxRun run)
    {
        lock (_gate)
        {
            run.Started = 0;
            run.CancellationToken = default;
            if (run.IsStopped)
            {
                run.IsStopped = run.TimedOut = false;
                run.Options.Terminate = false;
            }

            _idle.Push(run);
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        lock (_gate)
        {
            _all.ForEach(run => run.Dispose());
            _all.Clear();
        }
    }

    private void StopLate()
    {
        lock (_gate)
        {
            foreach (var run in _all)
            {
                if (run.Started == 0 || run.IsStopped)
                {
                    continue;
                }

                run.TimedOut = Stopwatch.GetElapsedTime(run.Started) > Limit;
                run.IsStopped = run.TimedOut || run.CancellationToken.IsCancellationRequested;
                run.Options.Terminate = run.IsStopped;
            }
        }
    }
}
