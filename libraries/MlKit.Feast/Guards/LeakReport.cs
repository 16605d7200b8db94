using System.Globalization;

namespace MlKit.Feast;

/// <summary>What a leak check found.</summary>
/// <param name="Rows">Rows at or before the earlier clock, which were compared.</param>
/// <param name="Leaks">Values that changed with the clock, by row and column; at most the first 100.</param>
public sealed record LeakReport(int Rows, IReadOnlyList<Leak> Leaks)
{
    /// <inheritdoc/>
    public override string ToString() => Leaks.Count == 0
        ? $"{Rows} rows do not depend on what came after them"
        : $"{Leaks.Count} values know what came after them; the first: {Leaks[0]}";
}

/// <summary>A value of a row that changes when rows from after it are taken away.</summary>
/// <param name="Row">The row of the entity frame, from 0.</param>
/// <param name="Time">The row's time.</param>
/// <param name="Column">The column.</param>
/// <param name="Now">The value as the join gives it.</param>
/// <param name="Then">The value with the clock moved back.</param>
public sealed record Leak(int Row, DateTimeOffset Time, string Column, object? Now, object? Then)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Column} of row {Row} ({Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}) is {Now ?? "null"}, but was {Then ?? "null"} when that time was now");
}
