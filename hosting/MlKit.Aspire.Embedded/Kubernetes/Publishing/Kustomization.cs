using Aspire.Hosting.Kubernetes.Checking;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The <c>kustomization.yaml</c> over plain manifests: every file, and every image with its tag to change.</summary>
internal static class Kustomization
{
    public static string Write(IReadOnlyList<ManifestObject> objects)
    {
        var images = objects.SelectMany(item => item.Containers)
            .Select(entry => ManifestObject.Text(entry.Container, "image"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(ResourceImage.Parse)
            .Select(image => (YamlNode)Entry(image));
        var document = new YamlMapping()
            .Add("apiVersion", "kustomize.config.k8s.io/v1beta1")
            .Add("kind", "Kustomization")
            .Add("resources", new YamlSequence([.. objects.Select(item => item.File).Order(StringComparer.Ordinal).Select(file => (YamlNode)new YamlText(file))]))
            .Add("images", new YamlSequence([.. images]));
        return $"{ManifestFiles.Header}\n{YamlWriter.Write(document)}";
    }

    private static YamlMapping Entry(ResourceImage image)
    {
        var name = image.Registry.Length == 0 ? image.Repository : $"{image.Registry}/{image.Repository}";
        var entry = new YamlMapping().Add("name", name).Add("newName", name);
        return image.Digest.Length > 0 ? entry.Add("digest", image.Digest) : entry.Add("newTag", image.Tag);
    }
}
