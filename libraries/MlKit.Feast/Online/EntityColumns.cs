using System.Collections;
using System.Globalization;
using System.Text.Json;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>The join keys of a request, converted to the types that the registry declares.</summary>
internal sealed class EntityColumns
{
    private readonly Dictionary<string, (int Position, Value[] Values)> _byName = new(StringComparer.Ordinal);

    private EntityColumns(int rowCount) => RowCount = rowCount;

    public int RowCount { get; }

    /// <summary>The columns to echo, in the order of the request.</summary>
    public List<(string Name, Value[] Values)> Columns { get; } = [];

    /// <exception cref="FeastException">Columns are absent, of different lengths, or hold what no key can be.</exception>
    public static EntityColumns Read(ProjectCatalog catalog, OnlinePlan plan, IReadOnlyList<FeatureColumn> entities)
    {
        if (entities.Count == 0)
        {
            throw new FeastException("the request names no entities; give one column per join key");
        }

        if (entities.Any(column => column.Count != entities[0].Count))
        {
            throw new FeastException("All entity rows must have the same columns.");
        }

        var result = new EntityColumns(entities[0].Count);
        for (var position = 0; position < entities.Count; position++)
        {
            var column = entities[position];
            var name = plan.JoinKeys.Contains(column.Name) ? column.Name : catalog.JoinKeyOfEntity(column.Name);
            if (name is not null && name != Entity.DummyJoinKey)
            {
                result.Add(name, position, Convert(column, plan.KeyTypes.TryGetValue(name, out var type) ? type : ValueType.Invalid));
            }
        }

        return result;
    }

    /// <summary>The given ones of a view's join keys; for a mapped key the later of the two names in the request wins.</summary>
    /// <exception cref="FeastException">None of the view's join keys is given.</exception>
    public List<(string JoinKey, Value[] Values)> PartsOf(PlannedView view, OnlinePlan plan)
    {
        var parts = new List<(string JoinKey, Value[] Values)>();
        for (var i = 0; i < view.RequestKeys.Count; i++)
        {
            var original = view.View.JoinKeys[i].Name;
            var hasMapped = _byName.TryGetValue(view.RequestKeys[i], out var mapped);
            var hasOriginal = _byName.TryGetValue(original, out var plain);
            if (hasMapped || hasOriginal)
            {
                parts.Add((original, hasMapped && (!hasOriginal || mapped.Position > plain.Position) ? mapped.Values : plain.Values));
            }
        }

        if (parts.Count == 0 || RowCount == 0)
        {
            throw Missing(view, plan);
        }

        return parts;
    }

    private void Add(string name, int position, Value[] values)
    {
        _byName[name] = (position, values);
        var index = Columns.FindIndex(column => column.Name == name);
        if (index < 0)
        {
            Columns.Add((name, values));
        }
        else
        {
            Columns[index] = (name, values);
        }
    }

    private FeastException Missing(PlannedView view, OnlinePlan plan)
    {
        var used = view.RequestKeys.Where(_byName.ContainsKey).ToHashSet(StringComparer.Ordinal);
        var withValues = RowCount == 0 ? [] : used;
        var message = $"Missing join key values for keys: {List(plan.JoinKeys.Where(key => !used.Contains(key)))}. "
            + $"No values provided for keys: {List(plan.JoinKeys.Where(key => !withValues.Contains(key)))}. "
            + $"Provided join_key_values: {List(Columns.Select(column => column.Name))}";
        // A KeyError: Python shows the text in quotes.
        return new FeastException($"\"{message}\"");
    }

    private static string List(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(name => $"'{name}'"))}]";

    private static Value[] Convert(FeatureColumn column, ValueType type)
    {
        var values = new Value[column.Count];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = column.Values switch
            {
                JsonElement[] elements => Quick(elements[row], type) ?? Convert(column.Name, row, elements[row], type),
                Value[] typed => Typed(column.Name, row, typed[row]),
                _ => Convert(column.Name, row, column[row], type),
            };
        }

        return values;
    }

    /// <summary>The usual kinds of keys, without a detour over objects.</summary>
    private static Value? Quick(JsonElement element, ValueType type) => (type, element.ValueKind) switch
    {
        (ValueType.Int64, JsonValueKind.Number) when element.TryGetInt64(out var number) => new Value { Int64Val = number },
        (ValueType.String, JsonValueKind.String) => new Value { StringVal = element.GetString() },
        _ => null,
    };

    /// <summary>A value that came with its type (gRPC) is the key as it is; another type than the registry's just misses.</summary>
    private static Value Typed(string name, int row, Value value) =>
        value.ValCase is not (Value.ValOneofCase.None or Value.ValOneofCase.NullVal) ? value : throw NoKey(name, row, "null");

    private static Value Convert(string name, int row, object? given, ValueType type)
    {
        var native = given is JsonElement element ? JsonText.Native(element) : given;
        if (native is null or (IEnumerable and not string and not byte[]))
        {
            throw NoKey(name, row, native is null ? "null" : "no scalar");
        }

        try
        {
            return type == ValueType.Invalid ? FeastValue.Infer(native) : FeastValue.From(native, type);
        }
        catch (Exception error) when (error is FeastException or InvalidCastException)
        {
            throw new FeastException($"entity column '{name}' row {row.ToString(CultureInfo.InvariantCulture)}: {error.Message}", error);
        }
    }

    private static FeastException NoKey(string name, int row, string what) =>
        new($"entity column '{name}' row {row.ToString(CultureInfo.InvariantCulture)} is {what}; a join key needs a value");
}
