using System.Diagnostics;
using MlKit.Features;
using MlKit.Inference;
using MlKit.RecommendationApi.Features;
using MlKit.RecommendationApi.Stages;

namespace MlKit.RecommendationApi.Recommendations;

/// <summary>
/// Makes an answer: features, retrieval, ranking. Each model is asked once per answer, so that one version of it made
/// the whole answer. What does not answer is replaced by the next best thing and named.
/// </summary>
internal sealed partial class Recommender(
    FeatureReader features, RetrievalStage retrieval, RankingStage ranking, PopularItems popular, ApiOptions options, ILogger<Recommender> logger)
{
    private const int MostAnswers = 10_000;
    private readonly RecentlyUsed<LastRanking> _lastRankings = new(MostAnswers);

    /// <summary>The answer; null where nothing at all is there to answer from.</summary>
    public async Task<Answer?> RecommendAsync(string userId, int count, CancellationToken cancellationToken)
    {
        var answer = await MakeAsync(userId, count, cancellationToken);
        if (answer is not null)
        {
            LogAnswered(answer.Items.Count, answer.Models.Retrieval, answer.Models.Ranking, answer.Fallback ?? "none");
        }

        return answer;
    }

    private async Task<Answer?> MakeAsync(string userId, int count, CancellationToken cancellationToken)
    {
        var draft = new Draft(userId, count);
        var user = await ReadUserAsync(draft, cancellationToken);
        try
        {
            var wanted = Math.Max(options.Candidates, count);
            var found = await draft.Clock.RetrievalAsync(retrieval.FindAsync(user.SeenItems, wanted, cancellationToken));
            draft.Retrieval = found.Model;
            draft.Items = user.IsKnown
                ? await RankAsync(draft, user, found, cancellationToken)
                : ByRetrieval(found.Candidates);
            _lastRankings.Set(userId, new LastRanking(draft.Items, draft.Retrieval, draft.Ranking));
            return draft.Finish();
        }
        catch (InferenceException error)
        {
            LogScorerMissing(error.Message);
            return AnswerWithoutScorer(draft, user);
        }
    }

    private async Task<UserFeatures> ReadUserAsync(Draft draft, CancellationToken cancellationToken)
    {
        var (user, fromCache) = await draft.Clock.FeaturesAsync(features.ReadUserAsync(draft.UserId, cancellationToken));
        if (fromCache)
        {
            draft.Miss(Fallbacks.FeatureServer);
            draft.Fallback = user is null ? Fallbacks.Popular : Fallbacks.CachedFeatures;
        }
        else if (user is not { IsKnown: true })
        {
            draft.Fallback = Fallbacks.UnknownUser;
        }

        return user ?? UserFeatures.None;
    }

    private async Task<IReadOnlyList<RecommendedItem>> RankAsync(
        Draft draft, UserFeatures user, RetrievalResult found, CancellationToken cancellationToken)
    {
        var candidates = found.Candidates;
        var ids = candidates.Select(candidate => candidate.ItemId).ToList();
        var (items, fromCache) = await draft.Clock.FeaturesAsync(features.ReadItemsAsync(ids, cancellationToken));
        if (fromCache)
        {
            draft.Miss(Fallbacks.FeatureServer);
            draft.Fallback ??= Fallbacks.CachedFeatures;
        }

        if (items is null || candidates.Count == 0)
        {
            return ByRetrieval(candidates);
        }

        try
        {
            var question = new RankingQuestion(user.State, found, id => items.GetValueOrDefault(id));
            var result = await draft.Clock.RankingAsync(ranking.ScoreAsync(question, cancellationToken));
            draft.Ranking = result.Model;
            return ByScore(candidates, result.Scores);
        }
        catch (InferenceException error)
        {
            LogRankerMissing(error.Message);
            draft.Miss(Fallbacks.Scorer);
            return ByRetrieval(candidates);
        }
    }

    /// <summary>The user's last answer without what was seen since, or else popular items; null where there is neither.</summary>
    private Answer? AnswerWithoutScorer(Draft draft, UserFeatures user)
    {
        draft.Miss(Fallbacks.Scorer);
        var seen = user.SeenItems.ToHashSet(StringComparer.Ordinal);
        if (user.IsKnown && _lastRankings.TryGet(draft.UserId, out var last))
        {
            draft.Fallback = Fallbacks.LastRanking;
            (draft.Retrieval, draft.Ranking) = (last.Retrieval, last.Ranking);
            draft.Items = [.. last.Items.Where(item => !seen.Contains(item.ItemId)).Select((item, i) => item with { Rank = i + 1 })];
            return draft.Finish();
        }

        if (popular.Last is not { } list)
        {
            return null;
        }

        draft.Fallback = Fallbacks.Popular;
        draft.Items = ByRetrieval([.. list.Candidates.Where(candidate => !seen.Contains(candidate.ItemId))]);
        return draft.Finish();
    }

    private static RecommendedItem[] ByRetrieval(IReadOnlyList<Candidate> candidates) =>
        [.. candidates.Select((candidate, i) => new RecommendedItem(candidate.ItemId, candidate.Score, i + 1))];

    /// <summary>Equal scores keep the order of retrieval, so that answers are reproducible.</summary>
    private static RecommendedItem[] ByScore(IReadOnlyList<Candidate> candidates, float[] scores) =>
        [.. Enumerable.Range(0, candidates.Count)
            .OrderByDescending(i => scores[i])
            .Select((i, place) => new RecommendedItem(candidates[i].ItemId, scores[i], place + 1))];

    /// <summary>Says what made an answer, and not whose it is.</summary>
    [LoggerMessage(Level = LogLevel.Information, Message = "Answered {Count} items; retrieval: {Retrieval}, ranking: {Ranking}, fallback: {Fallback}")]
    private partial void LogAnswered(int count, ModelUse retrieval, ModelUse ranking, string fallback);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scorer does not answer: {Reason}")]
    private partial void LogScorerMissing(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ranker does not answer, the order is retrieval's: {Reason}")]
    private partial void LogRankerMissing(string reason);

    /// <summary>All that was ranked for a user, for the time when the scorer does not answer.</summary>
    private sealed record LastRanking(IReadOnlyList<RecommendedItem> Items, ModelUse Retrieval, ModelUse Ranking);

    /// <summary>An answer in the making.</summary>
    private sealed class Draft(string userId, int count)
    {
        private readonly List<string> _missing = [];

        public string UserId { get; } = userId;

        private int Count { get; } = count;

        public StageClock Clock { get; } = new();

        public string? Fallback { get; set; }

        public ModelUse Retrieval { get; set; } = ModelUse.None;

        public ModelUse Ranking { get; set; } = ModelUse.None;

        public IReadOnlyList<RecommendedItem> Items { get; set; } = [];

        public void Miss(string resource)
        {
            if (!_missing.Contains(resource))
            {
                _missing.Add(resource);
            }
        }

        public Answer Finish() => new(
            UserId, [.. Items.Take(Count)], Fallback, _missing, new ModelsUsed(Retrieval, Ranking), Clock.Read(), Activity.Current?.TraceId.ToHexString() ?? "");
    }
}
