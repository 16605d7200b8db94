using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Search;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>The declared space of the ranking model's parameters.</summary>
internal static class RankerSpace
{
    private const string Leaves = "leaves";
    private const string LearningRate = "learning_rate";
    private const string RowsPerLeaf = "rows_per_leaf";

    /// <summary>What random trials draw from. Trees are no dimension: they are the budget.</summary>
    public static SearchSpace Space { get; } = new(
    [
        new SearchDimension(Leaves, 7, 63, IsLog: true, IsWhole: true),
        new SearchDimension(LearningRate, 0.02, 0.15, IsLog: true),
        new SearchDimension(RowsPerLeaf, 10, 200, IsLog: true, IsWhole: true),
    ]);

    private static readonly int[] UsualLeaves = [15, 31];

    /// <summary>Two usual shapes, then so many drawn ones.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, double>> Points(RankerOptions usual, int drawn) =>
    [
        .. UsualLeaves.Select(leaves => new Dictionary<string, double>
        {
            [Leaves] = leaves, [LearningRate] = usual.LearningRate, [RowsPerLeaf] = usual.RowsPerLeaf,
        }),
        .. Enumerable.Range(0, drawn).Select(trial => Space.Draw(usual.Seed, trial)),
    ];

    /// <summary>The options of a point.</summary>
    public static RankerOptions With(this RankerOptions options, IReadOnlyDictionary<string, double> point) => options with
    {
        Leaves = (int)point[Leaves],
        LearningRate = point[LearningRate],
        RowsPerLeaf = (int)point[RowsPerLeaf],
    };
}
