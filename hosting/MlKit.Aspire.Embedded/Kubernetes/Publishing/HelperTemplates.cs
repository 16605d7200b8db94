using System.Globalization;
using System.Text;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The named templates that the objects of a chart use, and the Secret that keeps generated passwords.</summary>
internal static class HelperTemplates
{
    /// <summary>Where the Secret of the generated passwords is written.</summary>
    public const string GeneratedSecretFile = "secret-generated.yaml";

    private const int GeneratedLength = 32;

    /// <param name="values">The chart's values, for its secrets.</param>
    /// <param name="longestName">How long release and chart name may be together, so that no object name is too long.</param>
    public static string Helpers(ChartValues values, int longestName)
    {
        var longest = longestName.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder(
            $$$"""
            {{/* The beginning of every object's name: the release, and the chart where the release does not name it. */}}
            {{- define "chart.fullname" -}}
            {{- if contains .Chart.Name .Release.Name -}}
            {{- .Release.Name | trunc {{{longest}}} | trimSuffix "-" -}}
            {{- else -}}
            {{- printf "%s-%s" .Release.Name .Chart.Name | trunc {{{longest}}} | trimSuffix "-" -}}
            {{- end -}}
            {{- end -}}

            {{- define "chart.chart" -}}
            {{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" -}}
            {{- end -}}

            {{/* An image reference; a digest wins over the tag, global.imageRegistry over the image's own registry. */}}
            {{- define "chart.image" -}}
            {{- $image := .image -}}
            {{- $registry := .root.Values.global.imageRegistry | default $image.registry -}}
            {{- $name := ternary (printf "%s/%s" $registry $image.repository) $image.repository (not (empty $registry)) -}}
            {{- if $image.digest -}}
            {{- printf "%s@%s" $name $image.digest -}}
            {{- else -}}
            {{- printf "%s:%s" $name ($image.tag | default .root.Chart.AppVersion | toString) -}}
            {{- end -}}
            {{- end -}}

            {{/* The Secret of a resource: the one that the values name, or the chart's own. */}}
            {{- define "chart.secretName" -}}
            {{- .given | default (printf "%s-%s" (include "chart.fullname" .root) .name) -}}
            {{- end -}}

            """.ReplaceLineEndings("\n"));
        if (values.Secrets.Count > 0)
        {
            text.Append(Secrets(values));
        }

        return text.ToString();
    }

    /// <summary>The Secret that keeps generated passwords over upgrades and uninstalls; null where nothing is generated.</summary>
    public static ChartObject? GeneratedSecret(ChartValues values)
    {
        var keys = values.Secrets.Where(secret => ChartValues.IsGenerated(secret.Value)).Select(secret => secret.Key).ToList();
        if (keys.Count == 0)
        {
            return null;
        }

        var data = new YamlMapping();
        keys.ForEach(key => data.Add(key, new YamlExpression($"include \"chart.secret.{key}\" . | b64enc | quote")));
        return new ChartObject(null, GeneratedSecretFile, new YamlMapping()
            .Add("apiVersion", "v1")
            .Add("kind", "Secret")
            .Add("metadata", new YamlMapping()
                .Add("name", $"{ObjectNames.FullName}-generated")
                .Add("labels", ObjectLabels.Tree(null))
                .Add("annotations", new YamlMapping().Add(KeptClaims.Policy, "keep")))
            .Add("type", "Opaque")
            .Add("data", data));
    }

    private static string Secrets(ChartValues values)
    {
        var text = new StringBuilder(
            $$$"""

            {{/* A password that nobody gave: made once, read back from the cluster ever after. */}}
            {{- define "chart.generated" -}}
            {{- $root := .root -}}
            {{- $made := get $root.Values "generatedSecrets" | default dict -}}
            {{- if not (hasKey $made .key) -}}
            {{- $kept := lookup "v1" "Secret" $root.Release.Namespace (printf "%s-generated" (include "chart.fullname" $root)) | default dict -}}
            {{- $old := get ($kept.data | default dict) .key | b64dec -}}
            {{- $_ := set $made .key ($old | default (randAlphaNum {{{GeneratedLength}}})) -}}
            {{- $_ := set $root.Values "generatedSecrets" $made -}}
            {{- end -}}
            {{- get $made .key -}}
            {{- end -}}

            """.ReplaceLineEndings("\n"));
        foreach (var (key, parameter) in values.Secrets)
        {
            var otherwise = ChartValues.IsGenerated(parameter)
                ? $"(include \"chart.generated\" (dict \"root\" . \"key\" \"{key}\"))"
                : null;
            var source = otherwise is null
                ? $"required \"secrets.{key} is required: give it, or name a Secret in existingSecret of each resource that uses it\" .Values.secrets.{key}"
                : $".Values.secrets.{key} | default {otherwise}";
            text.Append(CultureInfo.InvariantCulture, $"\n{{{{- define \"chart.secret.{key}\" -}}}}\n{{{{- {source} -}}}}\n{{{{- end -}}}}\n");
        }

        return text.ToString();
    }
}
