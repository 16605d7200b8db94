namespace MlKit.Aspire.Embedded.Ports;

/// <summary>The replicas of one endpoint, used in turn.</summary>
internal sealed class ReplicaSet(IReadOnlyList<Replica> replicas)
{
    private int _next = -1;

    /// <summary>All of them.</summary>
    public IReadOnlyList<Replica> Replicas => replicas;

    /// <summary>Those that answer, the one whose turn it is first; empty where none does.</summary>
    public IEnumerable<Replica> InTurn()
    {
        var first = (uint)Interlocked.Increment(ref _next);
        var up = replicas.Where(r => r.IsUp).ToList();
        return Enumerable.Range(0, up.Count).Select(step => up[(int)((first + (uint)step) % (uint)up.Count)]);
    }
}
