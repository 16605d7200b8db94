using System.Globalization;
using MlKit.Features;
using MlKit.Inference;

namespace MlKit.RecommendationApi.Stages;

/// <summary>Candidates and the model version that chose them.</summary>
/// <param name="Candidates">Best first, without items of the history.</param>
/// <param name="Model">Who chose.</param>
internal sealed record RetrievalResult(IReadOnlyList<Candidate> Candidates, ModelUse Model);

/// <summary>Asks the retrieval model for the best items of a history.</summary>
internal sealed class RetrievalStage(IInferenceClient scorer)
{
    /// <summary>The model masks items of the history with -3e38; anything near it is not a candidate.</summary>
    private const float Masked = -1e38f;

    private volatile string? _idType;

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
        catch (InferenceException error) when (error.Kind == InferenceErrorKind.InvalidArgument && _idType is not null)
        {
            // A new version may take ids of the other type; the second attempt asks again which.
            _idType = null;
            return await AskAsync(history, count, cancellationToken);
        }
    }

    private async Task<RetrievalResult> AskAsync(IReadOnlyList<string> history, int count, CancellationToken cancellationToken)
    {
        var type = _idType ??= await ReadIdTypeAsync(cancellationToken);
        var weights = History.Weights(history.Count);
        var request = new InferRequest
        {
            ModelName = ModelNames.Retrieval,
            Inputs =
            [
                Ids(type, history),
                Tensor.Create<float>("weights", weights, 1, weights.Length),
                Tensor.Create<long>("k", [count], 1),
            ],
        };
        var response = await scorer.InferAsync(request, cancellationToken);
        return new RetrievalResult(Candidates(response, history), new ModelUse(response.ModelName, response.ModelVersion));
    }

    private async Task<string> ReadIdTypeAsync(CancellationToken cancellationToken)
    {
        var metadata = await scorer.GetModelMetadataAsync(ModelNames.Retrieval, "", cancellationToken);
        return metadata.Inputs.First(input => input.Name == "item_ids").Datatype;
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
        var components = response.Outputs.FirstOrDefault(tensor => tensor.Name == "components")?.ToArray<float>();
        // The model masks what it was sent; an item that it does not know can not come back. The check costs nothing.
        var seen = history.ToHashSet(StringComparer.Ordinal);
        var candidates = new List<Candidate>(ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            if (scores[i] > Masked && !seen.Contains(ids[i]))
            {
                candidates.Add(new Candidate(ids[i], scores[i], components?[2 * i] ?? 0, components?[(2 * i) + 1] ?? 0));
            }
        }

        return candidates;
    }
}
