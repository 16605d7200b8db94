namespace MlKit.Recommendation.Ranking;

/// <summary>Parameters of the ranking model.</summary>
public sealed record RankerOptions
{
    /// <summary>Which trainer to use; <see cref="RankerKind.Auto"/> takes LightGBM where its native library loads.</summary>
    public RankerKind Kind { get; init; } = RankerKind.Auto;

    /// <summary>Number of trees.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>Largest number of leaves per tree.</summary>
    public int Leaves { get; init; } = 15;

    /// <summary>Shrinkage per tree.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Least number of rows per leaf.</summary>
    public int RowsPerLeaf { get; init; } = 100;

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;
}
