namespace MlKit.Recommendation.Search;

/// <summary>One parameter of a search and the values that it may take.</summary>
/// <param name="Name">The name, unique in its space.</param>
/// <param name="Least">Smallest value.</param>
/// <param name="Most">Largest value.</param>
/// <param name="IsLog">Whether values are drawn evenly by their logarithms; the bounds must then be above 0.</param>
/// <param name="IsWhole">Whether values are rounded to whole numbers.</param>
public sealed record SearchDimension(string Name, double Least, double Most, bool IsLog = false, bool IsWhole = false)
{
    /// <summary>The value at a share of the way from <see cref="Least"/> to <see cref="Most"/>.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are no range; the message names the dimension.</exception>
    public double At(double share)
    {
        if (!(Least <= Most) || (IsLog && !(Least > 0)) || !double.IsFinite(Least) || !double.IsFinite(Most))
        {
            throw new ArgumentOutOfRangeException(nameof(share), $"dimension '{Name}' goes from {Least} to {Most}; {(IsLog ? "bounds above 0" : "finite bounds")} in order are needed");
        }

        var value = IsLog
            ? Least * Math.Pow(Most / Least, share)
            : Least + ((Most - Least) * share);
        return Math.Clamp(IsWhole ? Math.Round(value) : value, Least, Most);
    }
}
