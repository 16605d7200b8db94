namespace MlKit.Scorer.Models;

/// <summary>Cuts protobuf text into names, values and punctuation; quoted text comes without its quotes.</summary>
internal sealed class ConfigTokens(string text)
{
    private const string Punctuation = ":,;{}[]<>";
    private int _at;

    /// <summary>The next token; null at the end.</summary>
    public string? Next()
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
            return first.ToString();
        }

        return first is '"' or '\'' ? Quoted(first) : Word();
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
        var value = new System.Text.StringBuilder();
        for (_at++; _at < text.Length && text[_at] != quote; _at++)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
            {
                _at++;
            }

            value.Append(text[_at]);
        }

        if (_at >= text.Length)
        {
            throw new FormatException("config.pbtxt ends inside a quoted text");
        }

        _at++;
        return value.ToString();
    }

    private string Word()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !Punctuation.Contains(text[_at], StringComparison.Ordinal) && text[_at] != '#')
        {
            _at++;
        }

        return text[start.._at];
    }
}
