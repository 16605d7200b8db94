using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>A registered model that a resource serves.</summary>
/// <param name="name">The registered model.</param>
/// <param name="alias">The alias that it follows.</param>
public sealed class ModelAnnotation(string name, string alias) : IResourceAnnotation
{
    /// <summary>The registered model.</summary>
    public string Name { get; } = name;

    /// <summary>The alias that it follows.</summary>
    public string Alias { get; } = alias;

    /// <summary>MLflow's form of both.</summary>
    public string Uri => $"models:/{Name}@{Alias}";
}
