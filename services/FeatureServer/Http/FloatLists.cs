using System.Text.Json;
using MlKit.Feast;

namespace MlKit.FeatureServer.Http;

/// <summary>
/// Feast refuses lists of whole numbers for features that are lists of floating point numbers. It looks at the first list
/// that holds something; a fraction or a null anywhere in the column makes floating point numbers of all.
/// </summary>
internal static class FloatLists
{
    /// <exception cref="FeastException">A column holds whole numbers only; the text is Feast's.</exception>
    public static void Require(IEnumerable<CatalogView> views, FeatureFrame rows)
    {
        foreach (var feature in views.SelectMany(view => view.Features).Where(feature => feature.Type is MlKit.Feast.ValueType.FloatList or MlKit.Feast.ValueType.DoubleList))
        {
            if (rows.TryGet(feature.Name, out var column) && column.Values is JsonElement[] values && WholeNumber(values) is { } number)
            {
                var type = feature.Type == MlKit.Feast.ValueType.FloatList ? "numpy.float32" : "numpy.float64";
                throw new FeastException($"Value \"{number.GetRawText()}\" is of type <class 'int'> not of type <class '{type}'>");
            }
        }
    }

    /// <summary>The first number of a column in which all are whole; null where Feast takes the column.</summary>
    private static JsonElement? WholeNumber(JsonElement[] values)
    {
        var lists = values.Where(value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0).ToList();
        return lists.Count > 0 && lists[0].EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number)
            && lists.All(list => list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Null || IsWhole(item)))
            ? lists[0][0]
            : null;
    }

    private static bool IsWhole(JsonElement item) =>
        item.ValueKind == JsonValueKind.Number && item.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;
}
