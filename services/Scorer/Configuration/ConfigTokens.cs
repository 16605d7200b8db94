using System.Text;

namespace MlKit.Scorer.Configuration;

/// <summary>A piece of protobuf text.</summary>
/// <param name="Text">The word, the punctuation mark, or a quoted text without its quotes.</param>
/// <param name="IsQuoted">It stood in quotes, so that it is never punctuation.</param>
internal readonly record struct ConfigToken(string Text, bool IsQuoted)
{
    public bool Is(string mark) => !IsQuoted && Text == mark;
}

/// <summary>Cuts protobuf text into names, values and punctuation.</summary>
internal sealed class ConfigTokens(string text)
{
    private const string Punctuation = ":,;{}[]<>";
    private int _at;

    /// <summary>The next token; null at the end.</summary>
    public ConfigToken? Next()
    {
        SkipBlank();
        if (_at >= text.Length)
        {
            return null;
        }

        var first = text[_at];
        if (Punctuation.Contains(first, StringComparison.Ordinal))
        {
            _at++;
            return new ConfigToken(first.ToString(), false);
        }

        return first is '"' or '\'' ? new ConfigToken(Quoted(first), true) : new ConfigToken(Word(), false);
    }

    private void SkipBlank()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '#'))
        {
            if (text[_at] == '#')
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length - 1 : end;
            }

            _at++;
        }
    }

    private string Quoted(char quote)
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != quote; _at++)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
            {
                _at++;
                value.Append(Escaped());
            }
            else
            {
                value.Append(text[_at]);
            }
        }

        if (_at >= text.Length)
        {
            throw new FormatException("the configuration ends inside a quoted text");
        }

        _at++;
        return value.ToString();
    }

    private char Escaped()
    {
        if (text[_at] is < '0' or > '7')
        {
            return text[_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other };
        }

        var digits = 1;
        while (digits < 3 && _at + digits < text.Length && text[_at + digits] is >= '0' and <= '7')
        {
            digits++;
        }

        var code = Convert.ToInt32(text.Substring(_at, digits), 8);
        _at += digits - 1;
        return (char)code;
    }

    private string Word()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !Punctuation.Contains(text[_at], StringComparison.Ordinal)
            && text[_at] is not ('#' or '"' or '\''))
        {
            _at++;
        }

        return text[start.._at];
    }
}
