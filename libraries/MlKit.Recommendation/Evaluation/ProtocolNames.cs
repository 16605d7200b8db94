namespace MlKit.Recommendation.Evaluation;

/// <summary>Names of protocols as commands and results have them.</summary>
public static class ProtocolNames
{
    private static readonly Dictionary<string, Protocol> Known = new(StringComparer.Ordinal)
    {
        ["ncf"] = Protocol.Ncf,
        ["ncf-full"] = Protocol.NcfFull,
        ["last"] = Protocol.Last,
        ["last-sampled"] = Protocol.LastSampled,
        ["per-user-75-25"] = Protocol.PerUser7525,
        ["latest-out"] = Protocol.LatestOut,
    };

    /// <summary>All names, for messages.</summary>
    public static string Allowed { get; } = string.Join(", ", Known.Keys);

    /// <summary>Finds a protocol by its name.</summary>
    public static bool TryParse(string name, out Protocol protocol) => Known.TryGetValue(name, out protocol);

    /// <summary>The name of a protocol.</summary>
    public static string Of(Protocol protocol) => Known.First(pair => pair.Value == protocol).Key;
}
