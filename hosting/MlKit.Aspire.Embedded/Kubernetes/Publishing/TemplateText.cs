using System.Text;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The text of one object's template file.</summary>
internal static class TemplateText
{
    public static string Write(ChartObject item)
    {
        var text = new StringBuilder();
        if (item.When is not null)
        {
            text.Append("{{- if ").Append(item.When).Append(" }}\n");
        }

        text.Append(item.Kind == "Job" ? WriteJob(item) : $"---\n{YamlWriter.Write(item.Tree)}");
        if (item.When is not null)
        {
            text.Append("{{- end }}\n");
        }

        return text.ToString();
    }

    // A Job's template cannot be changed: a changed one is a Job of another name, an unchanged one stays as it is.
    private static string WriteJob(ChartObject item)
    {
        var helper = item.JobHelper;
        var tree = new YamlMapping([.. item.Tree.Entries]);
        var spec = (YamlMapping)tree["spec"]!;
        var metadata = new YamlMapping([.. ((YamlMapping)tree["metadata"]!).Entries]);
        metadata.Set("name", new YamlText($"{item.Name}-{{{{ include \"{helper}\" . | sha256sum | trunc 8 }}}}"));
        tree.Set("metadata", metadata);
        tree.Set("spec", new YamlBlock($"include \"{helper}\" . | trim"));
        return $"{{{{- define \"{helper}\" }}}}\n{YamlWriter.Write(spec)}{{{{- end }}}}\n---\n{YamlWriter.Write(tree)}";
    }
}
