using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <summary>One feature view of a registry, prepared for reading and writing its rows.</summary>
public sealed class CatalogView
{
    private readonly Dictionary<string, CatalogFeature> _features = new(StringComparer.Ordinal);

    internal CatalogView(Proto.FeatureViewSpec spec, Proto.FeatureViewMeta? meta)
        : this(spec.Name, spec.Features, spec.EntityColumns, spec.BatchSource, spec.StreamSource)
    {
        Ttl = spec.Ttl?.ToTimeSpan();
        Online = spec.Online;
        Disabled = spec.Disabled;
        Entities = [.. spec.Entities];
        SetMeta(meta);
    }

    internal CatalogView(Proto.StreamFeatureViewSpec spec, Proto.FeatureViewMeta? meta)
        : this(spec.Name, spec.Features, spec.EntityColumns, spec.BatchSource, spec.StreamSource)
    {
        Ttl = spec.Ttl?.ToTimeSpan();
        Online = spec.Online;
        Disabled = spec.Disabled;
        Entities = [.. spec.Entities];
        SetMeta(meta);
    }

    private CatalogView(
        string name, IEnumerable<Proto.FeatureSpecV2> features, IEnumerable<Proto.FeatureSpecV2> keys, Proto.DataSource? batch, Proto.DataSource? stream)
    {
        Name = name;
        JoinKeys = [.. keys.Select(key => new Field(key.Name, (ValueType)key.ValueType))];
        HasVectorIndex = features.Any(feature => feature.VectorIndex);
        Features = [.. features.Select(feature => new CatalogFeature(name, feature.Name, (ValueType)feature.ValueType))];
        foreach (var feature in Features)
        {
            _features[feature.Name] = feature;
        }

        BatchSource = batch ?? stream?.BatchSource;
        PushSource = stream is { Type: Proto.DataSource.Types.SourceType.PushSource } ? stream.Name : null;
        EventTimeField = HashFields.EventTime(name);
        SchemaHash = FeatureSchema.Hash(JoinKeys, Features.Select(feature => new Field(feature.Name, feature.Type)));
    }

    /// <summary>The view's name.</summary>
    public string Name { get; }

    /// <summary>Names and types of the join keys; the types decide the bytes of keys.</summary>
    public IReadOnlyList<Field> JoinKeys { get; }

    /// <summary>The features in their order.</summary>
    public IReadOnlyList<CatalogFeature> Features { get; }

    /// <summary>The entities' names.</summary>
    public IReadOnlyList<string> Entities { get; private init; } = [];

    /// <summary>How long a row counts; null where the registry has none, zero for ever.</summary>
    public TimeSpan? Ttl { get; private init; }

    /// <summary>Whether it is materialized.</summary>
    public bool Online { get; private init; }

    /// <summary>Whether it was switched off.</summary>
    public bool Disabled { get; private init; }

    /// <summary>Name of the push source, or null.</summary>
    public string? PushSource { get; }

    /// <summary>Address of its files as the registry has it; empty where it has none.</summary>
    public string SourceUri => BatchSource?.FileOptions?.Uri ?? "";

    /// <summary>The column of the event time in its source.</summary>
    public string TimestampField => BatchSource?.TimestampField is { Length: > 0 } column ? column : "event_timestamp";

    /// <summary>The column of the created time in its source, or empty.</summary>
    public string CreatedTimestampColumn => BatchSource?.CreatedTimestampColumn ?? "";

    /// <summary>SHA-256 over join keys, features and their types, as hex.</summary>
    public string SchemaHash { get; }

    /// <summary>The schema in words, for messages.</summary>
    public string SchemaText => FeatureSchema.Describe(JoinKeys, Features.Select(feature => new Field(feature.Name, feature.Type)));

    /// <summary>End of the newest recorded materialization, or null.</summary>
    public DateTimeOffset? MaterializedUntil { get; private set; }

    /// <summary>When the view was created in its registry; null where the registry does not say.</summary>
    public DateTimeOffset? Created { get; private set; }

    /// <summary>Whether a materialization by Feast is at work on it, or was broken off.</summary>
    public bool IsMaterializing => State == Proto.FeatureViewState.Materializing;

    /// <summary>Whether a feature has a vector index, so that Feast offers the view as a vector store.</summary>
    public bool HasVectorIndex { get; }

    internal Proto.DataSource? BatchSource { get; }

    internal Proto.FeatureViewState State { get; private set; }

    internal int Version { get; private set; }

    internal byte[] EventTimeField { get; }

    internal bool IsEntityless => JoinKeys is [{ Name: Entity.DummyJoinKey }];

    /// <summary>The feature of this name, or null.</summary>
    public CatalogFeature? FindFeature(string name) => _features.GetValueOrDefault(name);

    private void SetMeta(Proto.FeatureViewMeta? meta)
    {
        State = meta?.State ?? Proto.FeatureViewState.StateUnspecified;
        Version = meta?.CurrentVersionNumber ?? 0;
        Created = meta?.CreatedTimestamp?.ToDateTimeOffset();
        MaterializedUntil = meta?.MaterializationIntervals.Count > 0
            ? meta.MaterializationIntervals.Max(interval => interval.EndTime.ToDateTimeOffset())
            : null;
    }
}
