using System.Text.Json.Serialization;
using MlKit.RecommendationApi.Events;
using MlKit.RecommendationApi.Features;
using MlKit.RecommendationApi.Stages;

namespace MlKit.RecommendationApi.Recommendations;

/// <summary>One recommended item.</summary>
/// <param name="ItemId">Raw item id.</param>
/// <param name="Score">The ranker's score, or the retrieval model's where the ranker did not answer.</param>
/// <param name="Rank">1 for the best.</param>
internal sealed record RecommendedItem(string ItemId, float Score, int Rank);

/// <summary>The versions that made an answer.</summary>
internal sealed record ModelsUsed(ModelUse Retrieval, ModelUse Ranking);

/// <summary>Where the time went, in milliseconds.</summary>
internal sealed record Timings(double FeaturesMs, double RetrievalMs, double RankingMs, double TotalMs);

/// <summary>Answer of <c>GET /recommendations/{userId}</c>.</summary>
/// <param name="UserId">Raw user id.</param>
/// <param name="Items">Best first; none that the user has interacted with.</param>
/// <param name="Fallback">Null, unknown-user, popular, cached-features or last-ranking.</param>
/// <param name="Missing">Resources that did not answer.</param>
/// <param name="Models">The versions that made the answer.</param>
/// <param name="Timings">Where the time went.</param>
/// <param name="TraceId">Trace of the request, 32 hexadecimal digits.</param>
internal sealed record Answer(
    string UserId, IReadOnlyList<RecommendedItem> Items, string? Fallback, IReadOnlyList<string> Missing, ModelsUsed Models, Timings Timings, string TraceId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(IReadOnlyList<ItemDescription>))]
[JsonSerializable(typeof(EventReceipt))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(List<EventMessage>))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class ApiJson : JsonSerializerContext;
