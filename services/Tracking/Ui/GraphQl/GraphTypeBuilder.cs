using System.Globalization;

namespace MlKit.Tracking.Ui.GraphQl;

/// <summary>Builds a <see cref="GraphType"/> over the messages of one kind.</summary>
internal sealed class GraphTypeBuilder<T>(string name)
    where T : notnull
{
    private readonly List<GraphField> _fields = [];

    public GraphTypeBuilder<T> Text(string field, Func<T, string?> read) => Add(field, owner => read(owner) ?? "");

    public GraphTypeBuilder<T> Int64(string field, Func<T, long?> read) =>
        Add(field, owner => (read(owner) ?? 0).ToString(CultureInfo.InvariantCulture));

    public GraphTypeBuilder<T> Double(string field, Func<T, double> read) => Add(field, owner => read(owner));

    /// <summary>A field that this server has nothing for.</summary>
    public GraphTypeBuilder<T> Null(string field, GraphType? type = null) => Add(field, _ => null, type);

    public GraphTypeBuilder<T> Object(string field, GraphType type, Func<T, object?> read) => Add(field, read, type);

    public GraphTypeBuilder<T> List(string field, GraphType type, Func<T, IReadOnlyList<object>?> read) =>
        Add(field, read, type, isList: true);

    public GraphType Build() => new(name, _fields);

    private GraphTypeBuilder<T> Add(string field, Func<T, object?> read, GraphType? type = null, bool isList = false)
    {
        _fields.Add(new GraphField(field, owner => read((T)owner), type, isList));
        return this;
    }
}
