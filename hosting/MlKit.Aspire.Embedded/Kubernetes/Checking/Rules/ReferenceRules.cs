using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>What a pod names exists: Secrets, ConfigMaps and their keys, claims, service accounts, priority classes.</summary>
internal sealed class ReferenceRules : ManifestRule
{
    /// <summary>The ConfigMap that Kubernetes itself puts into every namespace.</summary>
    private const string RootCertificate = "kube-root-ca.crt";

    public override IEnumerable<Problem> Check(ManifestSet set)
    {
        foreach (var item in set.Workloads)
        {
            var given = Given(item);
            foreach (var reference in References(item).Where(reference =>
                reference.Name.Length > 0 && !reference.IsOptional && !given.Contains(reference.Name) && reference is not { Kind: "ConfigMap", Name: RootCertificate }))
            {
                if (Problem(set, item, reference) is { } message)
                {
                    yield return Error(item, reference.Path, $"missing-{reference.Kind.ToLowerInvariant()}", message);
                }
            }

            var (pod, path) = item.Pod!.Value;
            var account = ManifestObject.Text(pod, "serviceAccountName");
            if (account is not ("" or "default") && !given.Contains(account) && set.Find(item, "ServiceAccount", account) is null)
            {
                yield return Error(item, $"{FieldPath.Of(path, "serviceAccountName")}", "missing-serviceaccount", $"there is no ServiceAccount \"{account}\"; no pod would be created");
            }

            var priority = ManifestObject.Text(pod, "priorityClassName");
            if (priority.Length > 0 && !priority.StartsWith("system-", StringComparison.Ordinal)
                && !set.OfKind("PriorityClass").Any(candidate => candidate.Name == priority))
            {
                yield return Warning(item, FieldPath.Of(path, "priorityClassName"), "missing-priorityclass", $"the PriorityClass \"{priority}\" must be in the cluster, or no pod is created");
            }
        }
    }

    // What the author of the AppHost says is in the cluster already.
    private static HashSet<string> Given(ManifestObject item) =>
        [.. ManifestObject.Text(ManifestObject.Map(ManifestObject.Map(item.Tree, "metadata"), "annotations"), "mlkit.dev/given").Split(',')];

    private static string? Problem(ManifestSet set, ManifestObject item, Reference reference)
    {
        if (set.Find(item, reference.Kind, reference.Name) is not { } found)
        {
            return IsMadeByOperator(set, item, reference) ? null : $"there is no {reference.Kind} \"{reference.Name}\"";
        }

        if (reference.Key.Length == 0)
        {
            return null;
        }

        var keys = new[] { "data", "stringData", "binaryData" }.SelectMany(part => ManifestObject.Map(found.Tree, part)).Select(entry => entry.Key).ToList();

        // A Secret without content is filled by whoever installs.
        return keys.Contains(reference.Key) || (reference.Kind == "Secret" && keys.Count == 0)
            ? null
            : $"the {reference.Kind} \"{reference.Name}\" has no key \"{reference.Key}\"";
    }

    private static bool IsMadeByOperator(ManifestSet set, ManifestObject item, Reference reference) => reference.Kind == "Secret"
        && set.Objects.Where(other => other.IsInNamespaceOf(item)).Any(other => other.Kind switch
        {
            "ExternalSecret" => (ManifestObject.Text(ManifestObject.Map(other.Spec, "target"), "name") is { Length: > 0 } name ? name : other.Name) == reference.Name,
            "Certificate" => ManifestObject.Text(other.Spec, "secretName") == reference.Name,
            "Cluster" => reference.Name.StartsWith($"{other.Name}-", StringComparison.Ordinal),
            _ => false,
        });

    private static IEnumerable<Reference> References(ManifestObject item)
    {
        var (pod, podPath) = item.Pod!.Value;
        foreach (var (container, path, _) in item.Containers)
        {
            foreach (var reference in OfEnvironment(container, path))
            {
                yield return reference;
            }
        }

        var index = 0;
        foreach (var volume in ManifestObject.List(pod, "volumes"))
        {
            var path = FieldPath.Of(FieldPath.Of(podPath, "volumes"), index++);
            foreach (var reference in OfVolume(volume, path))
            {
                yield return reference;
            }
        }
    }

    private static IEnumerable<Reference> OfEnvironment(JsonObject container, string path)
    {
        var index = 0;
        foreach (var source in ManifestObject.List(container, "envFrom"))
        {
            var field = FieldPath.Of(FieldPath.Of(path, "envFrom"), index++);
            yield return Reference.To("Secret", source, "secretRef", field);
            yield return Reference.To("ConfigMap", source, "configMapRef", field);
        }

        index = 0;
        foreach (var variable in ManifestObject.List(container, "env"))
        {
            var field = FieldPath.Of(FieldPath.Of(path, "env"), index++);
            var from = ManifestObject.Map(variable, "valueFrom");
            yield return Reference.To("Secret", from, "secretKeyRef", $"{field}.valueFrom");
            yield return Reference.To("ConfigMap", from, "configMapKeyRef", $"{field}.valueFrom");
        }
    }

    private static IEnumerable<Reference> OfVolume(JsonObject volume, string path)
    {
        yield return Reference.To("Secret", volume, "secret", path, "secretName");
        yield return Reference.To("ConfigMap", volume, "configMap", path);
        yield return Reference.To("PersistentVolumeClaim", volume, "persistentVolumeClaim", path, "claimName");
        var index = 0;
        foreach (var source in ManifestObject.List(ManifestObject.Map(volume, "projected"), "sources"))
        {
            var field = FieldPath.Of($"{path}.projected.sources", index++);
            yield return Reference.To("Secret", source, "secret", field);
            yield return Reference.To("ConfigMap", source, "configMap", field);
        }
    }

    private sealed record Reference(string Kind, string Name, string Key, bool IsOptional, string Path)
    {
        public static Reference To(string kind, JsonObject holder, string field, string path, string nameField = "name")
        {
            var target = ManifestObject.Map(holder, field);
            var optional = target["optional"] is JsonValue flag && flag.TryGetValue<bool>(out var value) && value;
            return new Reference(kind, ManifestObject.Text(target, nameField), ManifestObject.Text(target, "key"), optional, $"{path}.{field}");
        }
    }
}
