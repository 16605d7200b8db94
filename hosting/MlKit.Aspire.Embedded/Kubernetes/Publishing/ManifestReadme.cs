namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>What to do with a folder of plain manifests.</summary>
internal static class ManifestReadme
{
    public static string Write(PublishedChart chart, OutputFormat format)
    {
        var apply = format == OutputFormat.Kustomize ? "--kustomize ." : "--recursive --filename .";
        var secrets = chart.Values.Secrets.Count == 0 ? "" : $"./secrets.sh {chart.Identity.Name}\n";
        return
            $"""
            # {chart.Identity.Name} {chart.Identity.Version}

            Plain Kubernetes objects, published from the AppHost with the default values of its Helm chart. Do not edit them:
            change the AppHost, or publish the chart (`--output-format helm`), where everything is a value.

            ```sh
            kubectl create namespace {chart.Identity.Name}
            {secrets}kubectl apply --server-side --namespace {chart.Identity.Name} {apply}
            ```

            Secrets are published without content, so that applying the folder again never changes a password; `secrets.sh`
            makes their values in the cluster, or takes them from environment variables. Jobs carry a hash of their content
            in their name: a changed one is a new Job.

            """.ReplaceLineEndings("\n");
    }
}
