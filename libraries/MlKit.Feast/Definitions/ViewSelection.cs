namespace MlKit.Feast;

/// <summary>Some features of one view, as a feature service holds them.</summary>
/// <param name="View">Name of the view.</param>
/// <param name="Features">Feature names in the order of the answer.</param>
public sealed record ViewSelection(string View, IReadOnlyList<string> Features)
{
    /// <summary>Name used in long feature names instead of the view's; empty: none.</summary>
    public string Alias { get; init; } = "";

    /// <summary>Join key of the view to the name that requests use for it.</summary>
    public IReadOnlyDictionary<string, string> JoinKeyMap { get; init; } = new Dictionary<string, string>();
}
