namespace MlKit.Feast;

/// <summary>What the generator adds to a record with <see cref="FeatureViewAttribute"/>.</summary>
/// <typeparam name="TSelf">The record.</typeparam>
public interface IFeatureRow<TSelf>
    where TSelf : class, IFeatureRow<TSelf>
{
    /// <summary>The view as the registry takes it.</summary>
    static abstract FeatureView View { get; }

    /// <summary>The entities of its join keys.</summary>
    static abstract IReadOnlyList<Entity> Entities { get; }

    /// <summary>The references of all features, in order.</summary>
    static abstract IReadOnlyList<string> References { get; }

    /// <summary>Hash of the schema that the program was compiled with.</summary>
    static abstract string SchemaHash { get; }

    /// <summary>Makes a record of a row.</summary>
    static abstract TSelf Read(FeatureRow row);

    /// <summary>Makes columns of records: join keys, features, event time.</summary>
    static abstract FeatureFrame ToFrame(IReadOnlyList<TSelf> rows);
}
