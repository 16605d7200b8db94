using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <summary>
/// Brings a registry to some definitions. An object that is the same stays where it is; a changed one moves to the end
/// of its list, keeps its creation time and, for views, its materialization history.
/// </summary>
internal sealed class RegistryApply(Proto.Registry registry, string project, Timestamp now)
{
    private readonly List<string> _changed = [];

    /// <summary>Returns what changed, as <c>kind NAME</c>.</summary>
    public IReadOnlyList<string> Apply(FeatureDefinitions definitions)
    {
        DefinitionRules.CheckProject(project);
        var entities = registry.Entities.Where(entity => entity.Spec.Project == project)
            .Select(entity => new Entity(entity.Spec.Name, (ValueType)entity.Spec.ValueType) { JoinKey = entity.Spec.JoinKey })
            .Concat(definitions.Entities)
            .GroupBy(entity => entity.Name).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        DefinitionRules.Check(definitions, entities.ContainsKey);

        ApplyProject();
        foreach (var source in definitions.Views.SelectMany(DefinitionRules.Sources).DistinctBy(source => source.Name))
        {
            ApplySource(RegistryMapper.Source(source, project));
        }

        foreach (var entity in definitions.Entities.Append(Entity.Dummy))
        {
            ApplyEntity(RegistryMapper.Entity(entity, project));
        }

        foreach (var view in definitions.Views)
        {
            IReadOnlyList<Entity> viewEntities = view.Entities.Count == 0 ? [Entity.Dummy] : [.. view.Entities.Select(name => entities[name])];
            ApplyView(RegistryMapper.View(view, viewEntities, project));
        }

        foreach (var service in definitions.Services)
        {
            ApplyService(RegistryMapper.Service(service, name => ViewSpec(service.Name, name), project));
        }

        return _changed;
    }

    /// <summary>What a project of a registry holds, in the words of <see cref="Apply"/>.</summary>
    public static IReadOnlySet<string> Names(Proto.Registry registry, string project) => registry.Projects.Where(item => item.Spec.Name == project).Select(item => $"project {item.Spec.Name}")
        .Concat(registry.DataSources.Where(item => item.Project == project).Select(item => $"data source {item.Name}"))
        .Concat(registry.Entities.Where(item => item.Spec.Project == project).Select(item => $"entity {item.Spec.Name}"))
        .Concat(registry.FeatureViews.Where(item => item.Spec.Project == project).Select(item => $"feature view {item.Spec.Name}"))
        .Concat(registry.FeatureServices.Where(item => item.Spec.Project == project).Select(item => $"feature service {item.Spec.Name}"))
        .ToHashSet(StringComparer.Ordinal);

    private Proto.FeatureViewSpec ViewSpec(string service, string name) =>
        registry.FeatureViews.FirstOrDefault(view => view.Spec.Project == project && view.Spec.Name == name)?.Spec
        ?? throw new FeastException($"feature service '{service}' names the feature view '{name}', which is not declared");

    private void ApplyProject()
    {
        if (registry.Projects.All(other => other.Spec.Name != project))
        {
            registry.Projects.Add(new Proto.Project
            {
                Spec = new Proto.ProjectSpec { Name = project },
                Meta = new Proto.ProjectMeta { CreatedTimestamp = now, LastUpdatedTimestamp = now },
            });
            _changed.Add($"project {project}");
        }

        if (registry.ProjectMetadata.All(other => other.Project != project))
        {
            registry.ProjectMetadata.Add(new Proto.ProjectMetadata { Project = project, ProjectUuid = Guid.NewGuid().ToString() });
        }
    }

    private void ApplySource(Proto.DataSource source)
    {
        var old = registry.DataSources.FirstOrDefault(other => other.Project == project && other.Name == source.Name);
        if (old is not null && WithoutTimes(old).Equals(source))
        {
            return;
        }

        source.Meta = new Proto.DataSource.Types.SourceMeta
        {
            CreatedTimestamp = old?.Meta?.CreatedTimestamp ?? now,
            LastUpdatedTimestamp = now,
        };
        Replace(registry.DataSources, old, source, $"data source {source.Name}");
    }

    private void ApplyEntity(Proto.EntitySpecV2 spec)
    {
        var old = registry.Entities.FirstOrDefault(other => other.Spec.Project == project && other.Spec.Name == spec.Name);
        spec = RegistryMerge.Onto(old?.Spec, spec);
        if (old is not null && old.Spec.Equals(spec))
        {
            return;
        }

        var created = old?.Meta?.CreatedTimestamp ?? now;
        var entity = new Proto.Entity { Spec = spec, Meta = new Proto.EntityMeta { CreatedTimestamp = created, LastUpdatedTimestamp = now } };
        Replace(registry.Entities, old, entity, $"entity {spec.Name}");
    }

    private void ApplyView(Proto.FeatureViewSpec spec)
    {
        if (registry.OnDemandFeatureViews.Any(other => other.Spec.Project == project && other.Spec.Name == spec.Name)
            || registry.StreamFeatureViews.Any(other => other.Spec.Project == project && other.Spec.Name == spec.Name)
            || registry.LabelViews.Any(other => other.Spec.Project == project && other.Spec.Name == spec.Name))
        {
            throw new FeastException($"feature view '{spec.Name}' has the name of a view of another kind in project {project}");
        }

        var old = registry.FeatureViews.FirstOrDefault(other => other.Spec.Project == project && other.Spec.Name == spec.Name);
        spec = RegistryMerge.Onto(old?.Spec, spec);
        if (old is not null && WithoutTimes(old.Spec).Equals(spec))
        {
            return;
        }

        var view = new Proto.FeatureView { Spec = spec, Meta = old?.Meta?.Clone() ?? new Proto.FeatureViewMeta { CreatedTimestamp = now } };
        view.Meta.LastUpdatedTimestamp = now;
        foreach (var source in SourcesOf(spec))
        {
            source.Meta = registry.DataSources.FirstOrDefault(other => other.Project == project && other.Name == source.Name)?.Meta?.Clone();
        }

        Replace(registry.FeatureViews, old, view, $"feature view {spec.Name}");
        AddHistory(view);
    }

    private void AddHistory(Proto.FeatureView view)
    {
        registry.FeatureViewVersionHistory ??= new Proto.FeatureViewVersionHistory();
        var records = registry.FeatureViewVersionHistory.Records;
        var versions = records.Where(record => record.ProjectId == project && record.FeatureViewName == view.Spec.Name).ToList();
        records.Add(new Proto.FeatureViewVersionRecord
        {
            FeatureViewName = view.Spec.Name,
            ProjectId = project,
            VersionNumber = versions.Count == 0 ? 0 : versions.Max(record => record.VersionNumber) + 1,
            FeatureViewType = "feature_view",
            FeatureViewProto = view.ToByteString(),
            CreatedTimestamp = now,
            VersionId = Guid.NewGuid().ToString(),
        });
    }

    private void ApplyService(Proto.FeatureServiceSpec spec)
    {
        var old = registry.FeatureServices.FirstOrDefault(other => other.Spec.Project == project && other.Spec.Name == spec.Name);
        spec = RegistryMerge.Onto(old?.Spec, spec);
        if (old is not null && old.Spec.Equals(spec))
        {
            return;
        }

        var created = old?.Meta?.CreatedTimestamp ?? now;
        var service = new Proto.FeatureService
        {
            Spec = spec,
            Meta = new Proto.FeatureServiceMeta { CreatedTimestamp = created, LastUpdatedTimestamp = now },
        };
        Replace(registry.FeatureServices, old, service, $"feature service {spec.Name}");
    }

    private void Replace<T>(RepeatedField<T> list, T? old, T item, string what)
        where T : class
    {
        if (old is not null)
        {
            list.Remove(old);
        }

        list.Add(item);
        _changed.Add(what);
    }

    private static Proto.DataSource WithoutTimes(Proto.DataSource source)
    {
        var copy = source.Clone();
        copy.Meta = null;
        if (copy.BatchSource is { } batch)
        {
            batch.Meta = null;
        }

        return copy;
    }

    private static Proto.FeatureViewSpec WithoutTimes(Proto.FeatureViewSpec spec)
    {
        var copy = spec.Clone();
        foreach (var source in SourcesOf(copy))
        {
            source.Meta = null;
        }

        return copy;
    }

    private static IEnumerable<Proto.DataSource> SourcesOf(Proto.FeatureViewSpec spec) =>
        new[] { spec.BatchSource, spec.StreamSource, spec.StreamSource?.BatchSource }.OfType<Proto.DataSource>();
}
