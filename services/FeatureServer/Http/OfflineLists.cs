using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.FeatureServer.Http;

/// <summary>
/// Feast's file store refuses to add rows to a Parquet file with list columns. That is kept unless a setting lifts it, so
/// that a client gets the answer that it gets from Feast; folders of files, which that store cannot add to at all, take rows.
/// </summary>
internal static class OfflineLists
{
    private static readonly HashSet<ValueType> Types =
    [
        ValueType.BytesList, ValueType.StringList, ValueType.Int32List, ValueType.Int64List, ValueType.DoubleList, ValueType.FloatList,
        ValueType.BoolList, ValueType.UnixTimestampList, ValueType.MapList, ValueType.JsonList, ValueType.StructList, ValueType.UuidList,
        ValueType.TimeUuidList, ValueType.ValueList, ValueType.DecimalList, ValueType.BytesSet, ValueType.StringSet, ValueType.Int32Set,
        ValueType.Int64Set, ValueType.DoubleSet, ValueType.FloatSet, ValueType.BoolSet, ValueType.UnixTimestampSet, ValueType.UuidSet,
        ValueType.TimeUuidSet, ValueType.ValueSet, ValueType.DecimalSet,
    ];

    /// <summary>Why Feast refuses to add rows of these views to their files; null: it does not.</summary>
    public static FeastException? Refusal(IEnumerable<CatalogView> views)
    {
        var refused = views.Where(view => view.SourceUri.EndsWith(".parquet", StringComparison.Ordinal) && !view.SourceUri.Contains('*', StringComparison.Ordinal))
            .SelectMany(view => view.Features.Where(feature => Types.Contains(feature.Type)).Select(feature => (View: view.Name, Feature: feature)))
            .FirstOrDefault();
        return refused.Feature is null ? null : new FeastException(
            $"rows of feature view '{refused.View}' are not added to its file, because '{refused.Feature.Name}' is a {refused.Feature.Type} and Feast's file store refuses lists; MLKIT__FEAST__OFFLINELISTS=true adds them");
    }
}
