using MlKit.Features;
using MlKit.Inference;

namespace MlKit.RecommendationApi.Stages;

/// <summary>Scores in the order of the candidates, and who gave them.</summary>
internal sealed record RankingResult(float[] Scores, ModelUse Model);

/// <summary>What the ranker reads: one row per candidate.</summary>
/// <param name="User">Features of the user.</param>
/// <param name="Retrieved">Candidates, best first.</param>
/// <param name="Item">Features of an item by id; null where there are none.</param>
internal sealed record RankingQuestion(UserState User, RetrievalResult Retrieved, Func<string, ItemState?> Item);

/// <summary>Asks the ranker for the order of candidates. Which columns it reads is in its metadata, version by version.</summary>
internal sealed class RankingStage(IInferenceClient scorer)
{
    private const string Columns = "mlkit.features";
    private const string SchemaHash = "mlkit.feature_schema_hash";
    private volatile Tuple<string, RankingSchema>? _known;

    /// <exception cref="InferenceException">The scorer cannot answer, or the ranker reads columns that are not known here.</exception>
    public async Task<RankingResult> ScoreAsync(RankingQuestion question, CancellationToken cancellationToken)
    {
        var known = _known ?? await ReadAsync("", cancellationToken);
        InferResponse response;
        try
        {
            response = await AskAsync(question, known.Item2, cancellationToken);
        }
        catch (InferenceException error) when (error.Kind == InferenceErrorKind.InvalidArgument)
        {
            // A new version may read other columns.
            known = await ReadAsync("", cancellationToken);
            response = await AskAsync(question, known.Item2, cancellationToken);
        }

        if (known.Item1 != response.ModelVersion)
        {
            var used = known.Item2.Hash;
            _known = known = await ReadAsync(response.ModelVersion, cancellationToken);
            response = known.Item2.Hash == used ? response : await AskAsync(question, known.Item2, cancellationToken);
        }

        return new RankingResult(response.Output("scores").ToArray<float>(), new ModelUse(response.ModelName, response.ModelVersion));
    }

    private Task<InferResponse> AskAsync(RankingQuestion question, RankingSchema schema, CancellationToken cancellationToken)
    {
        var candidates = question.Retrieved.Candidates;
        var rows = RankingRow.Build(schema, question.Retrieved.Components, question.User, candidates, question.Item);
        var request = new InferRequest
        {
            ModelName = ModelNames.Ranker,
            Inputs = [Tensor.Create<float>("features", rows, candidates.Count, schema.Width)],
        };
        return scorer.InferAsync(request, cancellationToken);
    }

    /// <summary>A version whose columns mean something else would give scores that look right.</summary>
    private async Task<Tuple<string, RankingSchema>> ReadAsync(string version, CancellationToken cancellationToken)
    {
        var metadata = await scorer.GetModelMetadataAsync(ModelNames.Ranker, version, cancellationToken);
        if (ViewSchemas.FirstDifference(ViewSchemas.Parse(metadata.Parameters?.GetValueOrDefault(ViewSchemas.MetadataKey) ?? "")) is { } view)
        {
            throw Unsupported($"{ModelNames.Ranker} version {version} was trained on another schema of the feature view {view} than this API reads; train again or deploy the API of that model");
        }

        try
        {
            var schema = RankingSchema.Parse(metadata.Parameters?.GetValueOrDefault(Columns) ?? "");
            return metadata.Parameters?.GetValueOrDefault(SchemaHash) == schema.Hash
                ? Tuple.Create(version, schema)
                : throw Unsupported($"{ModelNames.Ranker} version {version} was trained on other feature columns than this API builds");
        }
        catch (FormatException error)
        {
            throw Unsupported(error.Message);
        }
    }

    private static InferenceException Unsupported(string reason) => new(InferenceErrorKind.Unsupported, reason);
}
