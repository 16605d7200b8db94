namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>A rule about several objects, or about several fields of one, that no schema can say.</summary>
internal abstract class ManifestRule
{
    /// <summary>What breaks the rule.</summary>
    public abstract IEnumerable<Problem> Check(ManifestSet set);

    protected static Problem Error(ManifestObject item, string path, string rule, string message) =>
        new(item.File, item.Title, path, rule, Problem.Error, message);

    protected static Problem Warning(ManifestObject item, string path, string rule, string message) =>
        new(item.File, item.Title, path, rule, Problem.Warning, message);
}
