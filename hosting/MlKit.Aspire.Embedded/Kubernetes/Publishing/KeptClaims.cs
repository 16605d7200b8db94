using System.Globalization;
using System.Text;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// A template by which an upgrade keeps every claim that an earlier version of the chart made, or that other values
/// made, and that this one does not: Helm deletes what is no longer in the chart, and data are deleted by hand only.
/// </summary>
internal static class KeptClaims
{
    /// <summary>The annotation by which Helm leaves an object alone when it goes out of the release.</summary>
    public const string Policy = "helm.sh/resource-policy";

    /// <summary>The file below <c>templates</c>.</summary>
    public const string File = "persistentvolumeclaims-kept.yaml";

    public static string Write(IReadOnlyList<ChartObject> objects)
    {
        var text = new StringBuilder(
            """
            {{- /* Claims of this release that neither this version nor these values make: they stay, see README.md. */}}
            {{- $own := dict }}

            """.ReplaceLineEndings("\n"));
        foreach (var claim in objects.Where(item => item.Kind == "PersistentVolumeClaim"))
        {
            var line = $"{{{{- $_ := set $own ({HelmText.ToExpression(claim.Name)}) true }}}}\n";
            text.Append(claim.When is null ? line : string.Create(CultureInfo.InvariantCulture, $"{{{{- if {claim.When} }}}}\n{line}{{{{- end }}}}\n"));
        }

        return text.Append(
            """
            {{- range (lookup "v1" "PersistentVolumeClaim" .Release.Namespace "").items }}
            {{- $metadata := .metadata }}
            {{- if and (eq (get ($metadata.annotations | default dict) "meta.helm.sh/release-name") $.Release.Name) (not (hasKey $own $metadata.name)) }}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata:
              name: {{ $metadata.name | quote }}
              labels:
                {{- toYaml ($metadata.labels | default dict) | nindent 4 }}
              annotations:
                helm.sh/resource-policy: keep
            spec:
              {{- toYaml .spec | nindent 2 }}
            {{- end }}
            {{- end }}

            """.ReplaceLineEndings("\n")).ToString();
    }
}
