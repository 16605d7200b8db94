namespace MlKit.Feast;

/// <summary>What definitions must fulfil before they may enter a registry.</summary>
internal static class DefinitionRules
{
    /// <exception cref="FeastException">A rule is broken; the message names the object and the rule.</exception>
    public static void Check(FeatureDefinitions definitions, Func<string, bool> isKnownEntity)
    {
        Unique("entity", definitions.Entities.Select(entity => entity.Name), StringComparer.Ordinal);
        Unique("feature view", definitions.Views.Select(view => view.Name), StringComparer.Ordinal);
        Unique("feature service", definitions.Services.Select(service => service.Name), StringComparer.Ordinal);
        CheckSources(definitions);
        foreach (var entity in definitions.Entities)
        {
            CheckEntity(entity);
        }

        foreach (var view in definitions.Views)
        {
            CheckView(view, definitions, isKnownEntity);
        }
    }

    /// <exception cref="FeastException">The name is not allowed for a project.</exception>
    public static void CheckProject(string project)
    {
        if (string.IsNullOrEmpty(project) || project[0] is '_' or '-' || !project.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'))
        {
            throw new FeastException(
                $"the project is called '{project}'; allowed are letters, digits, '_' and '-', not starting with '_' or '-'");
        }
    }

    private static void CheckEntity(Entity entity)
    {
        if (entity.ValueType is not (ValueType.Invalid or ValueType.Bytes or ValueType.String or ValueType.Int32 or ValueType.Int64 or ValueType.UnixTimestamp))
        {
            throw new FeastException(
                $"entity '{entity.Name}' has a key of type {entity.ValueType}; allowed are String, Int32, Int64, Bytes and UnixTimestamp");
        }
    }

    private static void CheckView(FeatureView view, FeatureDefinitions definitions, Func<string, bool> isKnownEntity)
    {
        if (view.Name.Length == 0 || view.Name.Contains(':', StringComparison.Ordinal))
        {
            throw new FeastException($"a feature view is called '{view.Name}'; a name must not be empty or hold ':'");
        }

        if (view.Schema.Count == 0)
        {
            throw new FeastException($"feature view '{view.Name}' has no features");
        }

        Unique($"feature of view '{view.Name}'", view.Schema.Select(field => field.Name), StringComparer.Ordinal);
        foreach (var name in view.Entities.Where(name => !isKnownEntity(name)))
        {
            throw new FeastException($"feature view '{view.Name}' names the entity '{name}', which is not declared");
        }

        var joinKeys = definitions.Entities.Where(entity => view.Entities.Contains(entity.Name)).Select(entity => entity.JoinKey);
        foreach (var field in view.Schema)
        {
            if (field.Type is ValueType.Invalid or ValueType.Null || !Enum.IsDefined(field.Type))
            {
                throw new FeastException($"feature '{view.Name}:{field.Name}' has the type {field.Type}, which no feature can have");
            }

            if (joinKeys.Contains(field.Name))
            {
                throw new FeastException($"feature '{view.Name}:{field.Name}' has the name of a join key of the view");
            }
        }
    }

    private static void CheckSources(FeatureDefinitions definitions)
    {
        var byName = new Dictionary<string, DataSource>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in definitions.Views.SelectMany(Sources))
        {
            if (byName.TryGetValue(source.Name, out var other) && !SameSource(source, other))
            {
                throw new FeastException($"two different data sources are called '{source.Name}' (names count regardless of case)");
            }

            byName[source.Name] = source;
        }
    }

    public static IEnumerable<DataSource> Sources(FeatureView view) =>
        view.Source is PushSource push ? [push.BatchSource, push] : [view.Source];

    private static bool SameSource(DataSource one, DataSource other) =>
        RegistryMapper.Source(one, null).Equals(RegistryMapper.Source(other, null));

    private static void Unique(string what, IEnumerable<string> names, StringComparer comparer)
    {
        var seen = new HashSet<string>(comparer);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw new FeastException($"the {what} '{name}' is declared twice");
            }
        }
    }
}
