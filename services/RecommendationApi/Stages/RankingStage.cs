using MlKit.Features;
using MlKit.Inference;

namespace MlKit.RecommendationApi.Stages;

/// <summary>Scores in the order of the candidates, and who gave them.</summary>
internal sealed record RankingResult(float[] Scores, ModelUse Model);

/// <summary>Asks the ranker for the order of candidates.</summary>
internal sealed class RankingStage(IInferenceClient scorer)
{
    private const string SchemaHash = "mlkit.feature_schema_hash";
    private volatile Tuple<string, bool>? _checked;

    /// <exception cref="InferenceException">The scorer cannot answer, or the ranker was trained on other columns.</exception>
    public async Task<RankingResult> ScoreAsync(float[] rows, int count, CancellationToken cancellationToken)
    {
        var request = new InferRequest
        {
            ModelName = ModelNames.Ranker,
            Inputs = [Tensor.Create<float>("features", rows, count, RankingRow.Width)],
        };
        var response = await scorer.InferAsync(request, cancellationToken);
        await CheckColumnsAsync(response.ModelVersion, cancellationToken);
        return new RankingResult(response.Output("scores").ToArray<float>(), new ModelUse(response.ModelName, response.ModelVersion));
    }

    /// <summary>A version whose columns mean something else would give scores that look right: each is checked once.</summary>
    private async Task CheckColumnsAsync(string version, CancellationToken cancellationToken)
    {
        var known = _checked;
        if (known?.Item1 != version)
        {
            var metadata = await scorer.GetModelMetadataAsync(ModelNames.Ranker, version, cancellationToken);
            var hash = metadata.Parameters?.GetValueOrDefault(SchemaHash);
            _checked = known = Tuple.Create(version, hash is null || hash == RankingRow.SchemaHash);
        }

        if (!known.Item2)
        {
            throw new InferenceException(
                InferenceErrorKind.Unsupported, $"{ModelNames.Ranker} version {version} was trained on other feature columns than this API builds");
        }
    }
}
