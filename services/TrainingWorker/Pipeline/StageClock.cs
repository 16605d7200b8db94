namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Says which stage runs and keeps how long each one took.</summary>
internal sealed partial class StageClock(TimeProvider time, ILogger<StageClock> logger)
{
    private readonly Dictionary<string, TimeSpan> _durations = [];

    /// <summary>Duration by stage, in order of first run.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Durations => _durations;

    public T Run<T>(string stage, Func<T> work)
    {
        var start = time.GetTimestamp();
        var result = work();
        Note(stage, start);
        return result;
    }

    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> work)
    {
        var start = time.GetTimestamp();
        var result = await work();
        Note(stage, start);
        return result;
    }

    public Task RunAsync(string stage, Func<Task> work) => RunAsync(stage, async () =>
    {
        await work();
        return true;
    });

    private void Note(string stage, long start)
    {
        var took = time.GetElapsedTime(start);
        _durations[stage] = _durations.GetValueOrDefault(stage) + took;
        LogStage(logger, stage, took.TotalSeconds);
    }

    [LoggerMessage(LogLevel.Information, "{Stage}: {Seconds:0.00} s")]
    private static partial void LogStage(ILogger logger, string stage, double seconds);
}
