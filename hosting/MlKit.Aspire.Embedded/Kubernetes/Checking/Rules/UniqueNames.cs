namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>No two objects of one kind have one name.</summary>
internal sealed class UniqueNames : ManifestRule
{
    public override IEnumerable<Problem> Check(ManifestSet set) => set.Objects
        .Where(item => item.Name.Length > 0)
        .GroupBy(item => (item.ApiVersion.Split('/')[0], item.Kind, item.Namespace, item.Name))
        .SelectMany(group => group.Skip(1).Select(item => Error(
            item, "metadata.name", "duplicate-name", $"{item.Kind} \"{item.Name}\" is also in {group.First().File}; one would replace the other")));
}
