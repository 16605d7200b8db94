using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Objects that need something that not every cluster has: each is behind a value, with what an installation changes of it.</summary>
internal static class OptionalObjects
{
    public static void Lift(ChartObject item, ChartValues values, IReadOnlyList<ChartObject> objects)
    {
        if (item.Owner is null)
        {
            return;
        }

        var own = values.Of(item.Owner);
        var path = $".Values.{ChartValues.KeyOf(item.Owner)}";
        switch (item.Kind)
        {
            case "Ingress" when own["ingress"] is null:
                LiftIngress(item, own, $"{path}.ingress");
                break;
            case "HTTPRoute":
                LiftRoute(item, own, $"{path}.gateway");
                break;
            case "ScaledObject":
                ScaleToZero(item, own, $"{path}.autoscaling", objects);
                break;
            case "ExternalSecret":
                LiftExternalSecret(item, own, $"{path}.externalSecret", objects);
                break;
            case "ServiceMonitor" or "PrometheusRule":
                item.Map("metadata").Map("labels").Add("", new YamlMerge(".Values.monitoring.labels"));
                break;
        }
    }

    private static void LiftIngress(ChartObject item, YamlMapping own, string path)
    {
        var spec = item.Map("spec");
        var rule = (YamlMapping)((YamlSequence)spec["rules"]!).Items[0];
        var tls = (spec["tls"] as YamlSequence)?.Items.OfType<YamlMapping>().FirstOrDefault();
        own.Set("ingress", new YamlMapping()
            .Add("enabled", new YamlPlain("true"))
            .Add("className", "", "Empty for the cluster's default class.")
            .Add("host", rule["host"] ?? new YamlText(""), null, "The name by which it is reached from outside.")
            .Add("tlsSecret", tls?["secretName"] ?? new YamlText(""), null, "The Secret that holds the certificate; empty for none.")
            .Add("annotations", new YamlMapping()));
        rule.Set("host", new YamlExpression($"{path}.host | quote"));
        spec.Set("ingressClassName", new YamlExpression($"{path}.className | quote"), $"{path}.className");
        spec.Set(
            "tls",
            new YamlSequence([new YamlMapping()
                .Add("secretName", new YamlExpression($"{path}.tlsSecret | quote"))
                .Add("hosts", new YamlSequence([new YamlExpression($"{path}.host | quote")]))]),
            $"{path}.tlsSecret");
        item.Map("metadata").Map("annotations").Add("", new YamlMerge($"{path}.annotations"));
        item.When = Conditions.Both(item.When, $"{path}.enabled");
    }

    private static void LiftRoute(ChartObject item, YamlMapping own, string path)
    {
        var spec = item.Map("spec");
        var parent = (YamlMapping)((YamlSequence)spec["parentRefs"]!).Items[0];
        own.Set("gateway", new YamlMapping()
            .Add("enabled", new YamlPlain("false"), null, "Needs the Gateway API.")
            .Add("name", parent["name"]!, null, "The Gateway.")
            .Add("namespace", parent["namespace"] ?? new YamlText(""), null, "Its namespace; empty for the release's.")
            .Add("host", ((YamlSequence)spec["hostnames"]!).Items[0], null, "The name by which it is reached from outside."));
        parent.Set("name", new YamlExpression($"{path}.name | quote"));
        parent.Set("namespace", new YamlExpression($"{path}.namespace | quote"), $"{path}.namespace");
        spec.Set("hostnames", new YamlSequence([new YamlExpression($"{path}.host | quote")]));
        item.When = Conditions.Both(item.When, $"{path}.enabled");
    }

    // KEDA makes an autoscaler of its own: never both.
    private static void ScaleToZero(ChartObject item, YamlMapping own, string path, IReadOnlyList<ChartObject> objects)
    {
        own.Map("autoscaling").Set("scaleToZero", new YamlPlain("false"));
        item.Map("spec").Set("maxReplicaCount", new YamlExpression($"{path}.maxReplicas"));
        item.When = Conditions.Both($"{path}.enabled", $"{path}.scaleToZero");
        foreach (var autoscaler in objects.Where(other => other.Kind == "HorizontalPodAutoscaler" && other.Owner == item.Owner))
        {
            autoscaler.When = Conditions.Both($"{path}.enabled", $"not {path}.scaleToZero");
        }
    }

    private static void LiftExternalSecret(ChartObject item, YamlMapping own, string path, IReadOnlyList<ChartObject> objects)
    {
        var store = item.Map("spec", "secretStoreRef");
        var extract = ((YamlMapping)((YamlSequence)item.Map("spec")["dataFrom"]!).Items[0]).Map("extract");
        own.Set("externalSecret", new YamlMapping()
            .Add("enabled", new YamlPlain("false"), null, "Needs the External Secrets operator.")
            .Add("store", store["name"]!)
            .Add("kind", store["kind"]!)
            .Add("key", extract["key"]!));
        store.Set("name", new YamlExpression($"{path}.store | quote"));
        store.Set("kind", new YamlExpression($"{path}.kind | quote"));
        extract.Set("key", new YamlExpression($"{path}.key | quote"));
        item.When = Conditions.Both(item.When, $"{path}.enabled");
        foreach (var secret in objects.Where(other => other.Kind == "Secret" && other.Owner == item.Owner))
        {
            secret.When = Conditions.Both(secret.When, $"not {path}.enabled");
        }
    }
}
