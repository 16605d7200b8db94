using System.Reflection;

namespace MlKit.Feast;

/// <summary>Everything that one project declares; applying it brings a registry to it.</summary>
public sealed record FeatureDefinitions
{
    /// <summary>The entities.</summary>
    public IReadOnlyList<Entity> Entities { get; init; } = [];

    /// <summary>The feature views.</summary>
    public IReadOnlyList<FeatureView> Views { get; init; } = [];

    /// <summary>The feature services.</summary>
    public IReadOnlyList<FeatureService> Services { get; init; } = [];

    /// <summary>The definition of one record that declares a view.</summary>
    public static FeatureDefinitions Of<T>()
        where T : class, IFeatureRow<T> => new() { Entities = T.Entities, Views = [T.View] };

    /// <summary>This and another one; what both declare counts once.</summary>
    public FeatureDefinitions And(FeatureDefinitions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new FeatureDefinitions
        {
            Entities = [.. Entities.Concat(other.Entities).DistinctBy(entity => entity.Name)],
            Views = [.. Views.Concat(other.Views).DistinctBy(view => view.Name)],
            Services = [.. Services.Concat(other.Services).DistinctBy(service => service.Name)],
        };
    }

    /// <summary>
    /// What an assembly declares: its public static properties of this type, and its records that declare views. For the
    /// command line; programs name their definitions.
    /// </summary>
    public static FeatureDefinitions Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var all = new FeatureDefinitions();
        foreach (var type in assembly.GetExportedTypes().Where(type => !type.ContainsGenericParameters))
        {
            var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Static);
            foreach (var property in properties.Where(property => property.PropertyType == typeof(FeatureDefinitions)))
            {
                all = all.And((FeatureDefinitions)property.GetValue(null)!);
            }

            if (type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IFeatureRow<>)))
            {
                all = all.And(new FeatureDefinitions
                {
                    Entities = (IReadOnlyList<Entity>)type.GetProperty(nameof(Entities))!.GetValue(null)!,
                    Views = [(FeatureView)type.GetProperty("View")!.GetValue(null)!],
                });
            }
        }

        return all;
    }
}
