using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>A factorisation with its users: lists for everybody at once.</summary>
public sealed class BatchScoring
{
    private readonly Sequences _data;
    private readonly FactorModel _model;
    private readonly float[] _users;

    private BatchScoring(Sequences data, FactorModel model, float[] users)
    {
        _data = data;
        _model = model;
        _users = users;
    }

    /// <summary>Trains iALS with the default parameters.</summary>
    /// <param name="histories">What to train on.</param>
    /// <param name="dimensions">Length of the vectors.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public static BatchScoring Train(UserHistories histories, int dimensions, CancellationToken cancellationToken = default)
    {
        var data = RetrievalTrainer.Of(histories, int.MaxValue, cancellationToken).Data;
        var (model, users) = FactorTrainer.Train(data, new FactorOptions { Dimensions = dimensions }, cancellationToken);
        return new BatchScoring(data, model, users);
    }

    /// <summary>The best unseen items of every user (model indexes), best first.</summary>
    public int[][] TopAll(int count)
    {
        var lists = new int[_data.UserCount][];
        var d = _model.Options.Dimensions;
        Parallel.For(0, lists.Length, () => (Scores: new float[_model.Count], Top: new TopItems()), (user, _, local) =>
        {
            _model.Score(_users.AsSpan(user * d, d), local.Scores);
            foreach (var seen in _data.ItemsOf(user))
            {
                local.Scores[seen] = float.MinValue;
            }

            lists[user] = local.Top.Select(local.Scores, count).ToArray();
            return local;
        }, _ => { });
        return lists;
    }
}
