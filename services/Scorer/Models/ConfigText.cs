using System.Globalization;

namespace MlKit.Scorer.Models;

/// <summary>A protobuf message in text form, as <c>config.pbtxt</c> has it; fields are looked up by name.</summary>
internal sealed class ConfigText
{
    private readonly Dictionary<string, List<object>> _fields = [];

    public static ConfigText Parse(string text)
    {
        var tokens = new ConfigTokens(text);
        return ReadMessage(tokens, end: null);
    }

    public ConfigText? Message(string field) => Last(field) as ConfigText;

    public string? Text(string field) => Last(field) as string;

    public double? Number(string field) => Last(field) is string text ? ToNumber(field, text) : null;

    public IReadOnlyList<long> Numbers(string field) =>
        _fields.TryGetValue(field, out var values) ? [.. values.OfType<string>().Select(text => (long)ToNumber(field, text))] : [];

    private static double ToNumber(string field, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{field} is '{text}'; allowed: a number");

    private static ConfigText ReadMessage(ConfigTokens tokens, string? end)
    {
        var message = new ConfigText();
        while (true)
        {
            var token = tokens.Next();
            if (token == end)
            {
                return message;
            }

            if (token is null)
            {
                throw new FormatException($"config.pbtxt ends before '{end}'");
            }

            if (token is not ("," or ";"))
            {
                message.ReadField(tokens, token);
            }
        }
    }

    private void ReadField(ConfigTokens tokens, string name)
    {
        var token = tokens.Next();
        if (token == ":")
        {
            token = tokens.Next();
        }

        if (token == "[")
        {
            while ((token = tokens.Next()) != "]")
            {
                if (token != ",")
                {
                    Add(name, tokens, token);
                }
            }

            return;
        }

        Add(name, tokens, token);
    }

    private void Add(string name, ConfigTokens tokens, string? token)
    {
        object value = token switch
        {
            null => throw new FormatException($"config.pbtxt ends after '{name}'"),
            "{" => ReadMessage(tokens, "}"),
            "<" => ReadMessage(tokens, ">"),
            _ => token,
        };
        if (!_fields.TryGetValue(name, out var values))
        {
            _fields[name] = values = [];
        }

        values.Add(value);
    }

    private object? Last(string field) => _fields.TryGetValue(field, out var values) ? values[^1] : null;
}
