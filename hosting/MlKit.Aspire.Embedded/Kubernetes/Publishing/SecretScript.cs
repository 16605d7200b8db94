using System.Text;
using Aspire.Hosting.Kubernetes.Rendering;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// A script that makes the values of all Secrets in the cluster. A password that the environment does not give is made
/// up; Secrets that have values already are left alone; nothing secret stands in a file or an argument.
/// </summary>
internal static class SecretScript
{
    public static string? Write(PublishedChart chart)
    {
        if (chart.Values.Secrets.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder(
            $$"""
            #!/usr/bin/env bash
            # Makes the Secrets of this folder, once: ./secrets.sh [NAMESPACE]. A second call changes nothing.
            set -euo pipefail
            namespace=${1:-default}
            random() { head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
            encode() { od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'; }
            for name in {{string.Join(' ', Names(chart))}}; do
                if [ -n "$(kubectl --namespace "$namespace" get secret "$name" --ignore-not-found --output 'jsonpath={.data}')" ]; then
                    echo "Secret $name has values already; nothing was changed."
                    exit 0
                fi
            done

            """.ReplaceLineEndings("\n"));
        foreach (var (key, parameter) in chart.Values.Secrets)
        {
            text.Append(ChartValues.IsGenerated(parameter)
                ? $"{key}=${{{key}:-$(random)}}\n"
                : $": \"${{{key}:?give the secret '{parameter.Name}' in the environment variable {key}}}\"\n");
            text.Append($"{key}_yaml=$(printf %s \"${key}\" | sed \"s/'/''/g\")\n{key}_uri=$(printf %s \"${key}\" | encode)\n");
        }

        text.Append("kubectl --namespace \"$namespace\" apply --server-side --field-manager=secrets --filename - <<SECRETS\n");
        foreach (var (name, data) in Secrets(chart))
        {
            text.Append("---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: ").Append(name).Append("\ntype: Opaque\nstringData:\n");
            foreach (var (field, value) in data)
            {
                text.Append("  ").Append(field).Append(": '").Append(value).Append("'\n");
            }
        }

        return text.Append("SECRETS\n").ToString();
    }

    private static IEnumerable<string> Names(PublishedChart chart) => Secrets(chart).Select(secret => secret.Name);

    private static List<(string Name, List<(string Field, string Value)> Data)> Secrets(PublishedChart chart)
    {
        // The evaluator fills in shell variables where helm would fill in the secrets.
        var context = new RenderContext(chart.Identity, JsonTree.ToJson(chart.Values.Root), chart.DefaultRelease, "kubectl", chart.LongestName)
        {
            Secret = key => Mark + key + Mark,
        };
        return [.. new ObjectRenderer(chart.Objects, context).Render()
            .Where(item => item.Kind == "Secret" && item.File != HelperTemplates.GeneratedSecretFile)
            .Select(item => (item.Name, ((System.Text.Json.Nodes.JsonObject?)item.Tree["stringData"] ?? [])
                .Select(entry => (entry.Key, Shell((string)entry.Value!))).ToList()))];
    }

    private const string Mark = "\u0001";

    // A mark that went through urlquery has its percent form: there the shell encodes the value as well.
    private static string Shell(string text)
    {
        var encodedMark = Uri.EscapeDataString(Mark);
        var quoted = text.Replace("'", "''", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("$", "\\$", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal);
        var encoded = Alternate(quoted.Split(encodedMark), key => $"${{{key}_uri}}");
        return Alternate(encoded.Split(Mark), key => $"${{{key}_yaml}}");
    }

    private static string Alternate(string[] parts, Func<string, string> variable) =>
        string.Concat(parts.Select((part, index) => index % 2 == 0 ? part : variable(part)));
}
