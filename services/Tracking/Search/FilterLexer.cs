using System.Text;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Search;

/// <summary>Cuts a filter or an order clause into tokens.</summary>
internal sealed class FilterLexer(string text)
{
    private int _at;

    public static List<FilterToken> Read(string text)
    {
        var lexer = new FilterLexer(text);
        var tokens = new List<FilterToken>();
        while (lexer.Next() is var token && token.Kind != TokenKind.End)
        {
            tokens.Add(token);
        }

        tokens.Add(new FilterToken(TokenKind.End, "", text.Length, false));
        return tokens;
    }

    public static ApiException Error(string text, int position, string problem) =>
        ApiException.Invalid($"Invalid filter or order '{text}': {problem} at position {position + 1}.");

    private FilterToken Next()
    {
        var before = _at;
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        var glued = before == _at && _at > 0;
        if (_at >= text.Length)
        {
            return new FilterToken(TokenKind.End, "", _at, glued);
        }

        var start = _at;
        var (kind, value) = text[_at] switch
        {
            '\'' or '"' => (TokenKind.Quoted, Quoted(text[_at])),
            '`' => (TokenKind.Backticked, Quoted('`')),
            '.' when !IsDigitAt(_at + 1) || (glued && IsNameEnd(text[_at - 1])) => (TokenKind.Dot, One()),
            ',' => (TokenKind.Comma, One()),
            '(' => (TokenKind.Open, One()),
            ')' => (TokenKind.Close, One()),
            '=' or '!' or '<' or '>' => (TokenKind.Operator, Operator()),
            var c when IsNumberStart(c) => Number(),
            var c when IsWordPart(c) => (TokenKind.Word, While(IsWordPart)),
            var c => throw Error(text, _at, $"unexpected character '{c}'"),
        };
        return new FilterToken(kind, value, start, glued);
    }

    private string One() => text[_at++].ToString();

    private string Operator()
    {
        var start = _at++;
        if (_at < text.Length && text[_at] is '=' or '>')
        {
            _at++;
        }

        return text[start.._at];
    }

    /// <summary>The text up to the closing quote; a doubled one does not close it, and is taken as it is.</summary>
    private string Quoted(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (c != quote)
            {
                value.Append(c);
            }
            else if (_at < text.Length && text[_at] == quote && quote != '`')
            {
                value.Append(quote).Append(quote);
                _at++;
            }
            else
            {
                return value.ToString();
            }
        }

        throw Error(text, start, $"the quote {quote} is not closed");
    }

    /// <summary>A number, or a word that begins with digits where letters follow.</summary>
    private (TokenKind Kind, string Text) Number()
    {
        var start = _at;
        if (text[_at] == '-')
        {
            _at++;
        }

        Digits();
        if (_at < text.Length && text[_at] == '.')
        {
            _at++;
            Digits();
        }

        Exponent();
        if (_at < text.Length && IsWordPart(text[_at]))
        {
            throw Error(text, start, "a key that begins with a digit must be in backticks, a number must not hold letters;");
        }

        return (TokenKind.Number, text[start.._at]);
    }

    private void Exponent()
    {
        if (_at >= text.Length || text[_at] is not ('e' or 'E'))
        {
            return;
        }

        var sign = _at + 1 < text.Length && text[_at + 1] is '+' or '-' ? 1 : 0;
        if (IsDigitAt(_at + 1 + sign))
        {
            _at += 1 + sign;
            Digits();
        }
    }

    private void Digits()
    {
        while (IsDigitAt(_at))
        {
            _at++;
        }
    }

    private string While(Func<char, bool> condition)
    {
        var start = _at;
        while (_at < text.Length && condition(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool IsNumberStart(char c) => char.IsAsciiDigit(c)
        || (c == '-' && (IsDigitAt(_at + 1) || (_at + 1 < text.Length && text[_at + 1] == '.' && IsDigitAt(_at + 2))))
        || (c == '.' && IsDigitAt(_at + 1));

    private bool IsDigitAt(int position) => position < text.Length && char.IsAsciiDigit(text[position]);

    /// <summary>Whether a name, quoted or not, may end so: a dot after it joins it with another.</summary>
    private static bool IsNameEnd(char c) => IsWordPart(c) || c is '`' or '"';

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
