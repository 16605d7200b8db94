namespace MlKit.Tracking.Ui.Runs;

/// <summary>Which number stands for a group.</summary>
public enum GroupValue
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The least.</summary>
    Min,

    /// <summary>The most.</summary>
    Max,
}

/// <summary>What a column has to say about a group.</summary>
/// <param name="Text">A text; null for numbers.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
/// <param name="Count">How many runs have a number.</param>
internal sealed record GroupCell(string? Text, double Mean, double Min, double Max, int Count)
{
    /// <summary>One of the numbers; NaN where no run has one.</summary>
    public double Number(GroupValue value) => Count == 0 ? double.NaN : value switch
    {
        GroupValue.Min => Min,
        GroupValue.Max => Max,
        _ => Mean,
    };

    /// <summary>As it is written.</summary>
    public string Show(GroupValue value) => Text ?? (Count == 0 ? "" : Display.Number(Number(value)));

    /// <summary>All of it.</summary>
    public string Tip => Text ?? (Count == 0
        ? ""
        : $"mean {Display.Number(Mean)}, least {Display.Number(Min)}, most {Display.Number(Max)} of {Display.Count(Count, "run", "runs")}");
}
