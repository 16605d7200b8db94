namespace MlKit.Recommendation.Search;

/// <summary>The parameters that a search may change.</summary>
/// <param name="Dimensions">The parameters.</param>
public sealed record SearchSpace(IReadOnlyList<SearchDimension> Dimensions)
{
    /// <summary>
    /// The point of a trial, drawn at random. It depends on the seed and the number of the trial alone, so a search that is
    /// taken up again, or gets more trials, meets the same points.
    /// </summary>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="trial">Number of the trial.</param>
    /// <returns>A value by name of the dimension.</returns>
    public IReadOnlyDictionary<string, double> Draw(int seed, int trial)
    {
        var random = new Random(HashCode(seed, trial));
        return Dimensions.ToDictionary(dimension => dimension.Name, dimension => dimension.At(random.NextDouble()), StringComparer.Ordinal);
    }

    /// <summary>The same on every machine, which the runtime's own hash code is not.</summary>
    private static int HashCode(int seed, int trial) => unchecked((int)((((uint)seed * 2_654_435_761) ^ ((uint)trial * 2_246_822_519)) & 0x7fff_ffff));
}
