using System.Globalization;
using MlKit.Features;
using MlKit.Inference;

namespace MlKit.RecommendationApi.Stages;

/// <summary>Candidates and the model version that chose them.</summary>
/// <param name="Candidates">Best first, without items of the history.</param>
/// <param name="Components">Names of the candidates' components, in order.</param>
/// <param name="Model">Who chose.</param>
internal sealed record RetrievalResult(IReadOnlyList<Candidate> Candidates, IReadOnlyList<string> Components, ModelUse Model);

/// <summary>Asks the retrieval model for the best items of a history.</summary>
internal sealed class RetrievalStage(IInferenceClient scorer)
{
    /// <summary>The model masks items of the history with -3e38; anything near it is not a candidate.</summary>
    private const float Masked = -1e38f;

    private volatile Description? _described;

    /// <param name="history">Items of the user, newest first; empty: popular items.</param>
    /// <param name="count">Candidates wanted at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InferenceException">The scorer cannot answer.</exception>
    public async Task<RetrievalResult> FindAsync(IReadOnlyList<string> history, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(history, count, cancellationToken);
        }
        catch (InferenceException error) when (error.Kind == InferenceErrorKind.InvalidArgument && _described is not null)
        {
            // A new version may take ids of the other type; the second attempt asks again which.
            _described = null;
            return await AskAsync(history, count, cancellationToken);
        }
    }

    private async Task<RetrievalResult> AskAsync(IReadOnlyList<string> history, int count, CancellationToken cancellationToken)
    {
        var described = _described ??= await DescribeAsync("", cancellationToken);
        var weights = History.Weights(history.Count);
        var request = new InferRequest
        {
            ModelName = ModelNames.Retrieval,
            Inputs =
            [
                Ids(described.IdType, history),
                Tensor.Create<float>("weights", weights, 1, weights.Length),
                Tensor.Create<long>("k", [count], 1),
            ],
        };
        var response = await scorer.InferAsync(request, cancellationToken);
        if (described.Version != response.ModelVersion)
        {
            _described = described = await DescribeAsync(response.ModelVersion, cancellationToken);
        }

        return new RetrievalResult(
            Candidates(response, history), described.Components, new ModelUse(response.ModelName, response.ModelVersion));
    }

    private async Task<Description> DescribeAsync(string version, CancellationToken cancellationToken)
    {
        var metadata = await scorer.GetModelMetadataAsync(ModelNames.Retrieval, version, cancellationToken);
        var components = metadata.Parameters?.GetValueOrDefault("mlkit.components")?.Split(',') ?? [];
        return new Description(version, metadata.Inputs.First(input => input.Name == "item_ids").Datatype, components);
    }

    /// <summary>Raw ids as the model takes them; a text that is no number becomes an id that no item has.</summary>
    private static Tensor Ids(string type, IReadOnlyList<string> history)
    {
        if (type == TensorDataType.Bytes.WireName())
        {
            return Tensor.FromStrings("item_ids", history.ToArray(), 1, history.Count);
        }

        var ids = history.Select(id => long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : long.MinValue);
        return Tensor.Create<long>("item_ids", ids.ToArray(), 1, history.Count);
    }

    private static List<Candidate> Candidates(InferResponse response, IReadOnlyList<string> history)
    {
        var output = response.Output("candidate_ids");
        var ids = output.DataType == TensorDataType.Bytes
            ? output.ToStrings()
            : [.. output.ToArray<long>().Select(id => id.ToString(CultureInfo.InvariantCulture))];
        var scores = response.Output("scores").ToArray<float>();
        var components = response.Outputs.FirstOrDefault(tensor => tensor.Name == "components")?.ToArray<float>() ?? [];
        var width = ids.Length == 0 ? 0 : components.Length / ids.Length;
        // The model masks what it was sent; an item that it does not know can not come back. The check costs nothing.
        var seen = history.ToHashSet(StringComparer.Ordinal);
        var candidates = new List<Candidate>(ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            if (scores[i] > Masked && !seen.Contains(ids[i]))
            {
                candidates.Add(new Candidate(ids[i], scores[i], components.AsMemory(i * width, width)));
            }
        }

        return candidates;
    }

    /// <summary>What a version takes and gives.</summary>
    private sealed record Description(string Version, string IdType, IReadOnlyList<string> Components);
}
