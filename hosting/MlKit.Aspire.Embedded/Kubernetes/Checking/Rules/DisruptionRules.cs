namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>A PodDisruptionBudget protects pods that are there and lets a node be drained.</summary>
internal sealed class DisruptionRules : ManifestRule
{
    public override IEnumerable<Problem> Check(ManifestSet set)
    {
        foreach (var budget in set.OfKind("PodDisruptionBudget"))
        {
            var selected = set.Selected(budget, ManifestObject.Map(budget.Spec, "selector"))
                .Where(item => item.Kind is not ("Job" or "CronJob")).ToList();
            if (!budget.Spec.ContainsKey("selector") || selected.Count == 0)
            {
                yield return Error(budget, "spec.selector", "dangling-pdb", "selects no pod of any workload here");
            }

            if (budget.Spec.ContainsKey("minAvailable") && budget.Spec.ContainsKey("maxUnavailable"))
            {
                yield return Error(budget, "spec", "pdb-bounds", "minAvailable and maxUnavailable exclude each other");
            }

            if (Blocks(budget))
            {
                yield return Error(budget, "spec", "pdb-drain", "allows no disruption: draining a node would hang");
            }
            else if (ManifestObject.Number(budget.Spec, "minAvailable") is { } least
                && selected.Find(item => ManifestObject.Number(item.Spec, "replicas") <= least) is { } small)
            {
                yield return Warning(budget, "spec.minAvailable", "pdb-drain", $"{least} is not below the replicas of {small.Title}: draining a node would hang");
            }
        }
    }

    private static bool Blocks(ManifestObject budget)
    {
        var isZero = ManifestObject.Number(budget.Spec, "maxUnavailable") == 0 || ManifestObject.Text(budget.Spec, "maxUnavailable") == "0%";
        return isZero || ManifestObject.Text(budget.Spec, "minAvailable") == "100%";
    }
}
