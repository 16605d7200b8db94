using System.Collections.Concurrent;
using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <summary>What one project of a registry declares, indexed for reading; it never changes.</summary>
public sealed class ProjectCatalog
{
    private readonly Dictionary<string, CatalogView> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Proto.FeatureService> _services = new(StringComparer.Ordinal);
    private readonly HashSet<string> _onDemand = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pushSources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _joinKeyOfEntity = new(StringComparer.Ordinal);

    internal ProjectCatalog(Proto.Registry registry, string project)
    {
        Project = project;
        Entities = [.. registry.Entities.Where(entity => entity.Spec.Project == project)];
        foreach (var entity in Entities)
        {
            _joinKeyOfEntity[entity.Spec.Name] = entity.Spec.JoinKey;
        }

        foreach (var view in registry.FeatureViews.Where(view => view.Spec.Project == project))
        {
            _views[view.Spec.Name] = new CatalogView(view.Spec, view.Meta);
        }

        foreach (var view in registry.StreamFeatureViews.Where(view => view.Spec.Project == project))
        {
            _views[view.Spec.Name] = new CatalogView(view.Spec, view.Meta);
        }

        foreach (var service in registry.FeatureServices.Where(service => service.Spec.Project == project))
        {
            _services[service.Spec.Name] = service;
        }

        _onDemand.UnionWith(registry.OnDemandFeatureViews.Where(view => view.Spec.Project == project).Select(view => view.Spec.Name));
        _pushSources.UnionWith(registry.DataSources
            .Where(source => source.Project == project && source.Type == Proto.DataSource.Types.SourceType.PushSource)
            .Select(source => source.Name));
        _pushSources.UnionWith(_views.Values.Where(view => view.PushSource is not null).Select(view => view.PushSource!));
        IsEmpty = _views.Count == 0 && _services.Count == 0 && Entities.Count == 0;
    }

    /// <summary>The project's name.</summary>
    public string Project { get; }

    /// <summary>Whether the registry says nothing about this project.</summary>
    public bool IsEmpty { get; }

    /// <summary>The feature views, in the registry's order.</summary>
    public IReadOnlyCollection<CatalogView> Views => _views.Values;

    /// <summary>The feature services.</summary>
    public IReadOnlyCollection<Proto.FeatureService> Services => _services.Values;

    /// <summary>The entities, Feast's dummy included.</summary>
    internal IReadOnlyList<Proto.Entity> Entities { get; }

    /// <summary>Plans of online reads, kept as long as the registry does not change.</summary>
    internal ConcurrentDictionary<string, object> Plans { get; } = new(StringComparer.Ordinal);

    /// <summary>The view of this name.</summary>
    /// <exception cref="FeastException">There is none (<see cref="FeastError.NotFound"/>).</exception>
    public CatalogView View(string name) => _views.GetValueOrDefault(name) ?? throw new FeastException(
        FeastError.NotFound, $"Feature view {name} does not exist in project {Project}", "FeatureViewNotFoundException");

    /// <summary>The view of this name, or null.</summary>
    public CatalogView? FindView(string name) => _views.GetValueOrDefault(name);

    /// <summary>The feature service of this name.</summary>
    /// <exception cref="FeastException">There is none (<see cref="FeastError.NotFound"/>).</exception>
    internal Proto.FeatureService Service(string name) => _services.GetValueOrDefault(name) ?? throw new FeastException(
        FeastError.NotFound, $"Feature service {name} does not exist in project {Project}", "FeatureServiceNotFoundException");

    /// <summary>The views that a push source feeds.</summary>
    /// <exception cref="FeastException">There is no such push source (<see cref="FeastError.UnknownPushSource"/>).</exception>
    public IReadOnlyList<CatalogView> ViewsOfPushSource(string name) => _pushSources.Contains(name)
        ? [.. _views.Values.Where(view => view.PushSource == name)]
        : throw new FeastException(
            FeastError.UnknownPushSource, $"Unable to find push source '{name}'.", "PushSourceNotFoundException");

    /// <summary>Whether this is the name of an on-demand view: a Python function, which is kept but cannot be served.</summary>
    public bool IsOnDemand(string name) => _onDemand.Contains(name);

    internal string? JoinKeyOfEntity(string name) => _joinKeyOfEntity.GetValueOrDefault(name);
}
