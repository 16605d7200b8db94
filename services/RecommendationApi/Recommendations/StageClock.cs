using System.Diagnostics;

namespace MlKit.RecommendationApi.Recommendations;

/// <summary>Measures the stages of one answer.</summary>
internal sealed class StageClock
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _features;
    private TimeSpan _retrieval;
    private TimeSpan _ranking;

    public Task<T> FeaturesAsync<T>(Task<T> work) => MeasureAsync(work, elapsed => _features += elapsed);

    public Task<T> RetrievalAsync<T>(Task<T> work) => MeasureAsync(work, elapsed => _retrieval += elapsed);

    public Task<T> RankingAsync<T>(Task<T> work) => MeasureAsync(work, elapsed => _ranking += elapsed);

    public Timings Read() =>
        new(Milliseconds(_features), Milliseconds(_retrieval), Milliseconds(_ranking), Milliseconds(Stopwatch.GetElapsedTime(_start)));

    private static async Task<T> MeasureAsync<T>(Task<T> work, Action<TimeSpan> add)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await work;
        }
        finally
        {
            add(Stopwatch.GetElapsedTime(start));
        }
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
