using System.Globalization;
using System.Text;

namespace MlKit.Tracking.Search;

/// <summary>SQL text with its parameters: no text of a request ever becomes text of a statement.</summary>
internal sealed class SqlBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<object?> _arguments = [];

    public string Text => _text.ToString();

    public object?[] Arguments => [.. _arguments];

    public SqlBuilder Append(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>Adds a parameter and returns its name.</summary>
    public string Argument(object? value)
    {
        _arguments.Add(value);
        return "$" + _arguments.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A list for IN; an empty one, which SQL does not know, holds nothing that equals anything.</summary>
    public string List(IReadOnlyCollection<object> values) =>
        values.Count == 0 ? "(NULL)" : "(" + string.Join(", ", values.Select(Argument)) + ")";
}
