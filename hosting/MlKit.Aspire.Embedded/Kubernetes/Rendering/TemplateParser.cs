using System.Globalization;
using System.Text;

namespace Aspire.Hosting.Kubernetes.Rendering;

/// <summary>A part of a Helm expression.</summary>
internal abstract record TemplateNode;

/// <summary>A text, a number or a flag.</summary>
internal sealed record LiteralNode(object? Value) : TemplateNode;

/// <summary><c>.Values.a.b</c>; no names for the dot alone. <c>$</c> is the dot here, as no template changes it.</summary>
internal sealed record FieldNode(IReadOnlyList<string> Names) : TemplateNode;

/// <summary>A function with its arguments.</summary>
internal sealed record CallNode(string Function, List<TemplateNode> Arguments) : TemplateNode;

/// <summary>Reads the expressions that the publisher writes: calls, pipelines, parentheses, fields and literals.</summary>
internal sealed class TemplateParser
{
    private readonly string _text;
    private int _at;

    private TemplateParser(string text) => _text = text;

    /// <exception cref="FormatException">The text is no such expression.</exception>
    public static TemplateNode Parse(string text)
    {
        var parser = new TemplateParser(text);
        var node = parser.Pipeline();
        return parser._at == text.Length ? node : throw parser.Unexpected();
    }

    // A pipeline hands its value on as the last argument of the next call.
    private TemplateNode Pipeline()
    {
        var value = Command();
        while (Skip('|'))
        {
            var next = Command();
            value = next is CallNode call ? call with { Arguments = [.. call.Arguments, value] } : throw Unexpected();
        }

        return value;
    }

    private TemplateNode Command()
    {
        SkipSpace();
        var name = Word();
        if (name is null)
        {
            return Operand() ?? throw Unexpected();
        }

        if (name is "true" or "false")
        {
            return new LiteralNode(name == "true");
        }

        var arguments = new List<TemplateNode>();
        while (Operand() is { } argument)
        {
            arguments.Add(argument);
        }

        return new CallNode(name, arguments);
    }

    private TemplateNode? Operand()
    {
        SkipSpace();
        if (_at == _text.Length)
        {
            return null;
        }

        switch (_text[_at])
        {
            case '(':
                _at++;
                var inner = Pipeline();
                return Skip(')') ? inner : throw Unexpected();
            case '"':
                return new LiteralNode(Quoted());
            case '.' or '$':
                return Field();
            case '-' or (>= '0' and <= '9'):
                return new LiteralNode(long.Parse(Take(static c => c == '-' || char.IsAsciiDigit(c)), CultureInfo.InvariantCulture));
            case var letter when char.IsAsciiLetter(letter):
                var name = Word()!;
                return name is "true" or "false" ? new LiteralNode(name == "true") : new CallNode(name, []);
            default:
                return null;
        }
    }

    private FieldNode Field()
    {
        var path = Take(static c => c is '.' or '$' or '_' || char.IsAsciiLetterOrDigit(c));
        return new FieldNode([.. path.TrimStart('$').Split('.', StringSplitOptions.RemoveEmptyEntries)]);
    }

    private string? Word() => _at < _text.Length && char.IsAsciiLetter(_text[_at]) ? Take(char.IsAsciiLetterOrDigit) : null;

    private string Quoted()
    {
        var text = new StringBuilder();
        for (_at++; _text[_at] != '"'; _at++)
        {
            text.Append(_text[_at] != '\\' ? _text[_at] : _text[++_at] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        }

        _at++;
        return text.ToString();
    }

    private string Take(Func<char, bool> belongs)
    {
        var from = _at;
        while (_at < _text.Length && belongs(_text[_at]))
        {
            _at++;
        }

        return _text[from.._at];
    }

    private bool Skip(char expected)
    {
        SkipSpace();
        if (_at == _text.Length || _text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }

    private FormatException Unexpected() => new($"'{_text}' cannot be read at character {_at + 1}");
}
