namespace MlKit.Recommendation.Retrieval;

/// <summary>Parameters of implicit matrix factorisation.</summary>
public sealed record FactorOptions
{
    /// <summary>Length of the vectors; a multiple of 16.</summary>
    public int Dimensions { get; init; } = 64;

    /// <summary>Strength of the regularisation; with frequency scaling one value fits all sizes of vectors.</summary>
    public double Lambda { get; init; } = 0.007;

    /// <summary>Weight of the items that a user did not meet; to be searched per data set between 0.003 and 1.</summary>
    public double Alpha { get; init; } = 0.3;

    /// <summary>How many times users and then items are solved.</summary>
    public int Sweeps { get; init; } = 12;

    /// <summary>Coordinates that are solved at a time (iALS++); as many as <see cref="Dimensions"/> or 0: all at once. A multiple of 16.</summary>
    public int Block { get; init; }

    /// <summary>Seed of the first vectors.</summary>
    public int Seed { get; init; } = 1;
}
