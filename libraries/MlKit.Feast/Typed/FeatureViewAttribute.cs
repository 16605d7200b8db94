namespace MlKit.Feast;

/// <summary>
/// Declares a feature view by a partial record: the generator MlKit.Feast.Generators makes the registry's definition and
/// the reader of it. Each property is a join key, the event time, or a feature.
/// </summary>
/// <param name="name">Name of the view.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FeatureViewAttribute(string name) : Attribute
{
    /// <summary>Name of the view.</summary>
    public string Name { get; } = name;

    /// <summary>Parquet file or folder of the rows; the view's name unless set.</summary>
    public string? Source { get; set; }

    /// <summary>Name of the push source that feeds the view; none unless set.</summary>
    public string? PushSource { get; set; }

    /// <summary>Seconds for which a row counts in historical retrieval; 0: for ever.</summary>
    public double TtlSeconds { get; set; }

    /// <summary>Whether materialization writes it to the online store.</summary>
    public bool Online { get; set; } = true;

    /// <summary>Free text.</summary>
    public string? Description { get; set; }
}
