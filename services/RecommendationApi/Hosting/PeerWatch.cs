using MlKit.Inference;
using MlKit.RecommendationApi.Features;
using MlKit.RecommendationApi.Recommendations;
using MlKit.RecommendationApi.Stages;
using OpenTelemetry;

namespace MlKit.RecommendationApi.Hosting;

/// <summary>
/// Looks at the peers: often until both have answered once, then seldom. Keeps the list of popular items fresh, which
/// is also the proof that the scorer can answer.
/// </summary>
internal sealed partial class PeerWatch(
    FeatureClient features, RetrievalStage retrieval, PopularItems popular, ApiOptions options, TimeProvider time, ILogger<PeerWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);
    private const int LooksBetween = 20;
    private volatile PeerState _feast = PeerState.Unknown;
    private volatile PeerState _scorer = PeerState.Unknown;

    public PeerState Feast => _feast;

    public PeerState Scorer => _scorer;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, time);
        var looks = 0;
        do
        {
            if (_feast.Problem is null && _scorer.Problem is null && ++looks % LooksBetween != 0)
            {
                continue;
            }

            using var quiet = SuppressInstrumentationScope.Begin();
            _feast = Note(_feast, Fallbacks.FeatureServer, await features.ProbeAsync(stoppingToken));
            _scorer = Note(_scorer, Fallbacks.Scorer, await ProbeScorerAsync(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<string?> ProbeScorerAsync(CancellationToken cancellationToken)
    {
        try
        {
            await popular.SetAsync(await retrieval.FindAsync([], options.Candidates, cancellationToken), cancellationToken);
            return null;
        }
        catch (Exception error) when (error is InferenceException or IOException)
        {
            return error.Message;
        }
    }

    private PeerState Note(PeerState before, string peer, string? problem)
    {
        if (before.Problem is not null && problem is null)
        {
            LogAnswers(peer);
        }
        else if (problem is not null && (before.Problem is null || before == PeerState.Unknown))
        {
            LogMissing(peer, problem);
        }

        return new PeerState(before.EverAnswered || problem is null, problem);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Peer} answers")]
    private partial void LogAnswers(string peer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Peer} does not answer: {Problem}")]
    private partial void LogMissing(string peer, string problem);
}

/// <summary>What is known of a peer.</summary>
/// <param name="EverAnswered">It has answered since this process started.</param>
/// <param name="Problem">Why it does not answer now; null: it does.</param>
internal sealed record PeerState(bool EverAnswered, string? Problem)
{
    public static PeerState Unknown { get; } = new(false, "it has not been asked yet");
}
