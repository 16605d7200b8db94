using System.Collections.Concurrent;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>The names of the environment variables whose values hold a secret, per instance: they are never shown.</summary>
internal sealed class SecretVariables
{
    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Replaces the names of an instance.</summary>
    public void Set(string instanceId, IReadOnlySet<string> names) => _names[instanceId] = names;

    /// <summary>True when the variable holds a secret.</summary>
    public bool Contains(string instanceId, string name) =>
        _names.TryGetValue(instanceId, out var names) && names.Contains(name);
}
