using Google.Protobuf;
using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <summary>
/// What definitions say, on top of what the registry has: fields that definitions do not have (Feast set them, or a newer
/// Feast that knows more) stay as they are.
/// </summary>
internal static class RegistryMerge
{
    private static readonly string[] Entity = ["name", "project", "join_key", "value_type", "description", "owner", "tags"];

    private static readonly string[] View =
        ["name", "project", "entities", "features", "entity_columns", "ttl", "batch_source", "stream_source", "online", "description", "owner", "tags"];

    private static readonly string[] Service = ["name", "project", "features", "description", "owner", "tags"];

    public static Proto.EntitySpecV2 Onto(Proto.EntitySpecV2? old, Proto.EntitySpecV2 spec) => Merge(old, spec, Entity);

    public static Proto.FeatureViewSpec Onto(Proto.FeatureViewSpec? old, Proto.FeatureViewSpec spec) => Merge(old, spec, View);

    public static Proto.FeatureServiceSpec Onto(Proto.FeatureServiceSpec? old, Proto.FeatureServiceSpec spec) => Merge(old, spec, Service);

    /// <summary>A copy of the old message with the fields that definitions have taken from the new one.</summary>
    private static T Merge<T>(T? old, T spec, string[] owned)
        where T : class, IMessage<T>, IDeepCloneable<T>
    {
        if (old is null)
        {
            return spec;
        }

        var merged = old.Clone();
        foreach (var name in owned)
        {
            merged.Descriptor.FindFieldByName(name).Accessor.Clear(merged);
        }

        merged.MergeFrom(spec);
        return merged;
    }
}
