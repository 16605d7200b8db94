using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <summary>Which fields of which views a request reads; made once per registry state and list of features.</summary>
internal sealed class OnlinePlan
{
    private OnlinePlan(
        IReadOnlyList<PlannedView> views, IReadOnlySet<string> joinKeys, IReadOnlyDictionary<string, ValueType> types, OnlineStore store)
    {
        Views = views;
        Groups = ReadGroup.Of(views, store);
        FeatureCount = views.Sum(view => view.Features.Count);
        JoinKeys = joinKeys;
        KeyTypes = types;
        ViewVersions = [.. views.Select(view => new ViewVersion(view.View.Name, view.View.Version)).Distinct()];
    }

    /// <summary>The views in order of first mention.</summary>
    public IReadOnlyList<PlannedView> Views { get; }

    /// <summary>The same views by the hashes that hold them.</summary>
    public IReadOnlyList<ReadGroup> Groups { get; }

    /// <summary>Features of all views.</summary>
    public int FeatureCount { get; }

    /// <summary>All names that count as a join key in this project, mapped names included.</summary>
    public IReadOnlySet<string> JoinKeys { get; }

    /// <summary>Types of the join keys that this request needs.</summary>
    public IReadOnlyDictionary<string, ValueType> KeyTypes { get; }

    public IReadOnlyList<ViewVersion> ViewVersions { get; }

    /// <summary>The service's features ready made, where Feast keeps them so; they have long names only.</summary>
    public PrecomputedVectors? Vectors { get; private set; }

    public static OnlinePlan ForFeatures(ProjectCatalog catalog, IReadOnlyList<string> features, bool fullNames, OnlineStore store)
    {
        if (features.Count == 0)
        {
            throw new FeastException("No features specified for retrieval");
        }

        var key = $"{fullNames}\n{string.Join('\n', features)}";
        return (OnlinePlan)catalog.Plans.GetOrAdd(key, _ => Build(catalog, Selections(catalog, features), fullNames, store));
    }

    public static OnlinePlan ForService(ProjectCatalog catalog, string service, bool fullNames, OnlineStore store) =>
        (OnlinePlan)catalog.Plans.GetOrAdd($"service\n{fullNames}\n{service}", _ =>
        {
            var plan = Build(catalog, Selections(catalog.Service(service)), fullNames, store);
            plan.Vectors = fullNames ? PrecomputedVectors.Of(catalog.Service(service), plan, store) : null;
            return plan;
        });

    /// <summary>Groups references by view, in order of first mention.</summary>
    public static IReadOnlyList<ViewSelection> Selections(ProjectCatalog catalog, IReadOnlyList<string> features)
    {
        var groups = new List<(string View, List<string> Features)>();
        foreach (var reference in features.Select(FeatureReference.Parse))
        {
            var group = groups.Find(other => other.View == reference.View);
            if (group.Features is null)
            {
                if (catalog.IsOnDemand(reference.View))
                {
                    throw OnDemand(reference.View);
                }

                catalog.View(reference.View);
                groups.Add(group = (reference.View, []));
            }

            group.Features.Add(reference.Feature);
        }

        return [.. groups.Select(group => new ViewSelection(group.View, group.Features))];
    }

    public static IReadOnlyList<ViewSelection> Selections(Proto.FeatureService service) =>
    [
        .. service.Spec.Features.Select(projection =>
            new ViewSelection(projection.FeatureViewName, [.. projection.FeatureColumns.Select(feature => feature.Name)])
            {
                Alias = projection.FeatureViewNameAlias,
                JoinKeyMap = projection.JoinKeyMap.ToDictionary(),
            }),
    ];

    private static OnlinePlan Build(ProjectCatalog catalog, IReadOnlyList<ViewSelection> selections, bool fullNames, OnlineStore store)
    {
        var views = selections.Select(selection => Plan(catalog, selection, fullNames)).ToList();
        RefuseCollisions(views, fullNames);

        var joinKeys = new SortedSet<string>(StringComparer.Ordinal);
        joinKeys.UnionWith(catalog.Entities.Select(entity => entity.Spec.JoinKey));
        joinKeys.UnionWith(views.SelectMany(view => view.RequestKeys));
        joinKeys.Remove(Entity.DummyJoinKey);

        var types = new Dictionary<string, ValueType>(StringComparer.Ordinal);
        foreach (var view in views)
        {
            for (var i = 0; i < view.RequestKeys.Count; i++)
            {
                types[view.RequestKeys[i]] = view.View.JoinKeys[i].Type;
                types.TryAdd(view.View.JoinKeys[i].Name, view.View.JoinKeys[i].Type);
            }
        }

        return new OnlinePlan(views, joinKeys, types, store);
    }

    private static PlannedView Plan(ProjectCatalog catalog, ViewSelection selection, bool fullNames)
    {
        if (catalog.IsOnDemand(selection.View))
        {
            throw OnDemand(selection.View);
        }

        var view = catalog.View(selection.View);
        RefuseUnservable(view);
        var name = selection.Alias.Length > 0 ? selection.Alias : view.Name;
        var features = selection.Features.Select(feature => view.FindFeature(feature)
            ?? throw new FeastException($"'Feature {feature} not found in projection {name}'")).ToList();
        return new PlannedView(
            view,
            [.. view.JoinKeys.Select(key => selection.JoinKeyMap.GetValueOrDefault(key.Name, key.Name))],
            features,
            [.. features.Select(feature => fullNames ? $"{name}__{feature.Name}" : feature.Name)]);
    }

    private static void RefuseUnservable(CatalogView view)
    {
        if (view.Disabled)
        {
            throw new FeastException(
                $"Feature view '{view.Name}' is disabled and cannot serve features. Enable it with `feast feature-views enable {view.Name}` or set enabled=True.");
        }

        if (view.State is not (Proto.FeatureViewState.StateUnspecified or Proto.FeatureViewState.AvailableOnline))
        {
            throw new FeastException(
                $"Feature view '{view.Name}' is in state '{view.State.ToString().ToUpperInvariant()}' and cannot serve features. Only AVAILABLE_ONLINE feature views can serve.");
        }
    }

    private static void RefuseCollisions(List<PlannedView> views, bool fullNames)
    {
        var duplicates = views.SelectMany(view => view.OutputNames).GroupBy(name => name)
            .Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        if (duplicates.Count > 0)
        {
            var advice = fullNames
                ? "please ensure that the feature views or their own features have different names. If you're intentionally joining the same feature view twice on different sets of entities, please rename one of the feature views with '.with_name'."
                : "either use the full feature name by setting 'full_feature_names=True', or ensure that the features in question have different names.";
            throw new FeastException(
                FeastError.Invalid,
                $"Duplicate features named {string.Join(", ", duplicates)} found.\nTo resolve this collision, {advice}",
                "FeatureNameCollisionError");
        }
    }

    private static FeastException OnDemand(string view) => new(
        $"'{view}' is an on-demand feature view: a Python function inside the registry, which this server does not run; ask for its source features");
}
