namespace MlKit.Dashboard.History;

/// <summary>What outlives the dashboard; the names are those of Aspire's setting.</summary>
internal enum HistoryMode
{
    /// <summary>Nothing: all is held in memory.</summary>
    None,

    /// <summary>Each run in a database of its own, the newest ten of an application.</summary>
    Run,

    /// <summary>One database that each run goes on with.</summary>
    Resume,
}
