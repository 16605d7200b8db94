using System.Diagnostics.Metrics;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Says which stage runs and how far the job is, and keeps how long each stage took.</summary>
internal sealed partial class StageClock(TimeProvider time, ILogger<StageClock> logger)
{
    /// <summary>
    /// Name of the meter; its gauge <c>mlkit.training.progress</c> is the share (0 to 1) that is done, and
    /// <c>mlkit.training.stage.duration</c> the seconds that each ended <c>stage</c> took.
    /// </summary>
    public const string MeterName = "MlKit.TrainingWorker";

    /// <summary>Shares of a training that experience gives the stages; what is not listed takes next to nothing.</summary>
    private static readonly Dictionary<string, double> Shares = new()
    {
        ["load"] = 0.04,
        ["write_features"] = 0.08,
        ["tune_retrieval"] = 0.40,
        ["build_training_set"] = 0.08,
        ["build_tuning_set"] = 0.02,
        ["train_ranker"] = 0.22,
        ["train_retrieval"] = 0.04,
        ["evaluate_retrieval"] = 0.02,
        ["evaluate_pipeline"] = 0.05,
        ["judge"] = 0.02,
        ["register"] = 0.03,
    };

    private static readonly Meter Meter = new(MeterName);

    // One series: a gauge with the stage as its attribute would go on telling what earlier stages said last.
    private static readonly Gauge<double> Progress = Meter.CreateGauge<double>("mlkit.training.progress", "1", "Share of the training that is done");
    private static readonly Gauge<double> Duration = Meter.CreateGauge<double>("mlkit.training.stage.duration", "s", "Time that a stage took");

    private readonly Dictionary<string, TimeSpan> _durations = [];
    private readonly HashSet<string> _counted = [];
    private double _done;

    /// <summary>Duration by stage, in order of first run.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Durations => _durations;

    public T Run<T>(string stage, Func<T> work)
    {
        Begin(stage);
        var start = time.GetTimestamp();
        var result = work();
        End(stage, start);
        return result;
    }

    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> work)
    {
        Begin(stage);
        var start = time.GetTimestamp();
        var result = await work();
        End(stage, start);
        return result;
    }

    public Task RunAsync(string stage, Func<Task> work) => RunAsync(stage, async () =>
    {
        await work();
        return true;
    });

    private void Begin(string stage)
    {
        Progress.Record(_done);
        LogBegin(logger, stage, (int)(_done * 100));
    }

    private void End(string stage, long start)
    {
        var took = time.GetElapsedTime(start);
        _durations[stage] = _durations.GetValueOrDefault(stage) + took;
        _done = Math.Min(1, _done + (_counted.Add(stage) ? Shares.GetValueOrDefault(stage) : 0));
        Progress.Record(_done);
        Duration.Record(_durations[stage].TotalSeconds, new KeyValuePair<string, object?>("stage", stage));
        LogEnd(logger, stage, took.TotalSeconds, (int)(_done * 100));
    }

    [LoggerMessage(LogLevel.Information, "{Stage} begins ({Percent} % done)")]
    private static partial void LogBegin(ILogger logger, string stage, int percent);

    [LoggerMessage(LogLevel.Information, "{Stage}: {Seconds:0.00} s ({Percent} % done)")]
    private static partial void LogEnd(ILogger logger, string stage, double seconds, int percent);
}
