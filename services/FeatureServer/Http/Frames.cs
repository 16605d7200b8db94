using System.Text.Json;
using MlKit.Feast;

namespace MlKit.FeatureServer.Http;

/// <summary>Columns of JSON values as frames.</summary>
internal static class Frames
{
    public static FeatureColumn Column(string name, JsonElement items)
    {
        var values = new object?[items.GetArrayLength()];
        var row = 0;
        foreach (var item in items.EnumerateArray())
        {
            values[row++] = item;
        }

        return new FeatureColumn(name.Length > 0 ? name : "(unnamed)", values);
    }

    public static FeatureFrame Frame(IEnumerable<(string Name, JsonElement Items)> columns) =>
        new(columns.Select(column => Column(column.Name, column.Items)));
}
