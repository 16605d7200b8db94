using System.Globalization;
using System.Text.Json;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>A recorded join: a store with the recorded sources, the entity rows, and what is asked.</summary>
internal sealed class HistoricalCase
{
    private readonly JsonElement _case;

    public HistoricalCase(JsonElement recorded) => _case = recorded;

    public string Name => _case.Text("name");

    public bool FullNames => _case.TryGetProperty("full_feature_names", out var full) && full.GetBoolean();

    public bool FilterByCreated => _case.TryGetProperty("filter_by_created_timestamp", out var filter) && filter.GetBoolean();

    public FeatureFrame Entities => new(_case.GetProperty("entity_rows").GetProperty("columns").EnumerateObject().Select(Column));

    /// <summary>The features asked for, view by view, as a plain request or a service gives them.</summary>
    public IReadOnlyList<ViewSelection> Selections(ProjectCatalog catalog)
    {
        if (!_case.TryGetProperty("service", out var service))
        {
            return OnlinePlan.Selections(catalog, _case.Texts("features"));
        }

        return
        [
            .. service.EnumerateArray().Select(part => new ViewSelection(part.Text("view"), part.Texts("features"))
            {
                Alias = part.TryGetProperty("alias", out var alias) ? alias.GetString() ?? "" : "",
                JoinKeyMap = part.TryGetProperty("join_key_map", out var map)
                    ? map.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!)
                    : [],
            }),
        ];
    }

    /// <summary>Applies the views and writes their source rows.</summary>
    public async Task FillAsync(FeatureStore store, CancellationToken cancellationToken)
    {
        var entityTypes = _case.GetProperty("entities").EnumerateObject().ToDictionary(pair => pair.Name, pair => TypeOf(pair.Value.GetString()!));
        var views = _case.GetProperty("views").EnumerateArray().ToList();
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Entities = [.. entityTypes.Select(entity => new Entity(entity.Key, entity.Value))],
                Views = [.. views.Select(View)],
            },
            cancellationToken);
        foreach (var view in views)
        {
            var source = view.GetProperty("source");
            var mapping = Mapping(source);
            var rows = source.GetProperty("columns").EnumerateObject().Select(column =>
            {
                var read = Column(column);
                return new FeatureColumn(mapping.GetValueOrDefault(read.Name, read.Name), read.Values);
            });
            await store.WriteOfflineAsync(view.Text("name"), new FeatureFrame(rows), cancellationToken: cancellationToken);
        }
    }

    private static FeatureView View(JsonElement view)
    {
        var source = view.GetProperty("source");
        return new FeatureView(view.Text("name"), new FileSource(view.Text("name") + "_source", $"data/{view.Text("name")}.parquet")
        {
            TimestampField = source.Text("timestamp_field"),
            CreatedTimestampColumn = source.GetProperty("created_timestamp_column").GetString() ?? "",
            FieldMapping = Mapping(source),
        })
        {
            Entities = view.Texts("join_keys"),
            Schema = [.. view.GetProperty("features").EnumerateObject().Select(feature => new Field(feature.Name, TypeOf(feature.Value.GetString()!)))],
            Ttl = view.GetProperty("ttl_seconds") is { ValueKind: JsonValueKind.Number } seconds ? TimeSpan.FromSeconds(seconds.GetDouble()) : TimeSpan.Zero,
        };
    }

    private static Dictionary<string, string> Mapping(JsonElement source) => source.TryGetProperty("field_mapping", out var mapping)
        ? mapping.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!)
        : [];

    private static FeatureColumn Column(JsonProperty column)
    {
        var values = column.Value.GetProperty("values").EnumerateArray();
        return column.Value.Text("type") == "UnixTimestamp"
            ? new FeatureColumn(column.Name, values.Select(value => value.GetString() is { } text ? Time(text) : (DateTimeOffset?)null).ToArray())
            : new FeatureColumn(column.Name, values.Select(value => (object?)JsonText.Native(value)).ToArray());
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static ValueType TypeOf(string type) => type switch
    {
        "Float64" => ValueType.Double,
        "Float32" => ValueType.Float,
        "List<Int64>" => ValueType.Int64List,
        "List<String>" => ValueType.StringList,
        _ => Enum.Parse<ValueType>(type),
    };
}
