using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;

namespace Aspire.Hosting;

/// <summary>Tells a scorer what it serves.</summary>
public static class ModelExtensions
{
    private const string EnvironmentVariable = "MLKIT__SCORER__REGISTRYMODELS";

    /// <summary>
    /// Serves a registered model, following an alias: when the alias moves, the next version is loaded and swapped in.
    /// May be called once per model.
    /// </summary>
    /// <param name="builder">A scorer.</param>
    /// <param name="name">The registered model; no <c>/</c>, <c>@</c>, <c>;</c> or <c>:</c>.</param>
    /// <param name="alias">The alias to follow.</param>
    /// <exception cref="DistributedApplicationException">The name or alias is none that a registry takes, or was given before.</exception>
    public static IResourceBuilder<T> WithModel<T>(this IResourceBuilder<T> builder, string name, string alias = "champion")
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        Require(builder.Resource, nameof(name), name);
        Require(builder.Resource, nameof(alias), alias);
        var models = builder.Resource.Annotations.OfType<ModelAnnotation>().ToList();
        if (models.Exists(model => model.Name == name))
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}': WithModel(\"{name}\") was called twice; a scorer serves a model by its name once.");
        }

        builder.WithAnnotation(new ModelAnnotation(name, alias));
        return models.Count > 0
            ? builder
            : builder.WithEnvironment(context => context.EnvironmentVariables[EnvironmentVariable] = string.Join(
                ';', builder.Resource.Annotations.OfType<ModelAnnotation>().Select(model => model.Uri)));
    }

    private static void Require(IResource resource, string parameter, string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.AsSpan().IndexOfAny("/@;:") >= 0)
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}': WithModel({parameter}: \"{value}\") is not possible; it must not be empty or hold / @ ; or :.");
        }
    }
}
