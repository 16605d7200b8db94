namespace MlKit.Feast;

/// <summary>What counts in a point-in-time join beside keys and event times.</summary>
internal sealed record JoinRules
{
    public static JoinRules Usual { get; } = new();

    /// <summary>Whether a row counts only from its created time on.</summary>
    public bool FilterByCreated { get; init; }

    /// <summary>Rows that came later than this are left out, as if the clock stood there.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>Whether a row counts for ever.</summary>
    public bool IgnoreTtl { get; init; }

    /// <summary>An SQL expression for the time from which on a row counts (null: never); it may use ts, created and file.</summary>
    public string? Visible { get; init; }
}
