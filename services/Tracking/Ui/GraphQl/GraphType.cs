namespace MlKit.Tracking.Ui.GraphQl;

/// <summary>A field: how it is read from its owner, and what its value is made of (null for scalars).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Read">Reads it.</param>
/// <param name="Type">The type of its value, or of the items of its list.</param>
/// <param name="IsList">Whether the value is a list.</param>
internal sealed record GraphField(string Name, Func<object, object?> Read, GraphType? Type = null, bool IsList = false);

/// <summary>An object type. Text that is unset is empty, whole numbers are text: so MLflow's own schema answers.</summary>
internal sealed class GraphType(string name, IEnumerable<GraphField> fields)
{
    private readonly Dictionary<string, GraphField> _fields = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);

    public string Name => name;

    public GraphField? Find(string field) => _fields.GetValueOrDefault(field);
}
