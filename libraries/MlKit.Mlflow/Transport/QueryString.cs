using System.Globalization;
using System.Text;

namespace MlKit.Mlflow.Transport;

/// <summary>Builds the query of a GET call; members that are null are left out, lists repeat their key.</summary>
internal sealed class QueryString
{
    private readonly StringBuilder _text = new();

    public QueryString Add(string key, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public QueryString Add(string key, long? value) => Add(key, value?.ToString(CultureInfo.InvariantCulture));

    public QueryString Add(string key, IReadOnlyList<string>? values)
    {
        foreach (var value in values ?? [])
        {
            Add(key, value);
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
