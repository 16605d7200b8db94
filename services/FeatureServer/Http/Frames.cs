using System.Text.Json;
using MlKit.Feast;

namespace MlKit.FeatureServer.Http;

/// <summary>Columns of JSON values as frames.</summary>
internal static class Frames
{
    public static FeatureColumn Column(string name, JsonElement items)
    {
        var values = new JsonElement[items.GetArrayLength()];
        var row = 0;
        foreach (var item in items.EnumerateArray())
        {
            values[row++] = item;
        }

        return new FeatureColumn(name.Length > 0 ? name : "(unnamed)", values);
    }

    /// <summary>A table; single values are repeated for every row of the lists beside them.</summary>
    /// <exception cref="FeastException">There are single values only, or the lists differ in length.</exception>
    public static FeatureFrame Table(List<(string Name, JsonElement Items)> columns)
    {
        var list = columns.Find(column => column.Items.ValueKind == JsonValueKind.Array);
        if (columns.Count > 0 && list.Name is null)
        {
            throw new FeastException("the columns are single values; each must be a list with one value per row");
        }

        return new FeatureFrame(columns.Select(column => column.Items.ValueKind == JsonValueKind.Array
            ? Column(column.Name, column.Items)
            : new FeatureColumn(column.Name, Enumerable.Repeat((object?)column.Items, list.Items.GetArrayLength()).ToArray())));
    }
}
