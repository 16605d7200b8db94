using System.Globalization;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Search;

/// <summary>
/// Parses <c>clause (AND clause)*</c> with <c>clause = identifier comparator value</c>, and order items
/// <c>identifier [ASC|DESC]</c>. What identifiers mean is the matter of each search's grammar.
/// </summary>
internal sealed class FilterParser
{
    private const int LongestFilter = 100_000;

    private readonly string _text;
    private readonly List<FilterToken> _tokens;
    private int _at;

    private FilterParser(string text)
    {
        if (text.Length > LongestFilter)
        {
            throw ApiException.Invalid($"The filter has {text.Length} characters; at most {LongestFilter} are allowed.");
        }

        _text = text;
        _tokens = FilterLexer.Read(text);
    }

    private FilterToken Current => _tokens[_at];

    public static IReadOnlyList<FilterClause> ParseFilter(string? text) =>
        string.IsNullOrEmpty(text) ? [] : new FilterParser(text).Filter();

    public static IReadOnlyList<OrderClause> ParseOrder(IReadOnlyList<string> items) =>
        [.. items.Select(item => new FilterParser(item).Order())];

    private List<FilterClause> Filter()
    {
        var clauses = new List<FilterClause> { Clause() };
        while (Current.Kind != TokenKind.End)
        {
            if (!Current.IsWord("AND"))
            {
                throw Unexpected("AND or the end (OR, NOT and parentheses are not supported)");
            }

            _at++;
            clauses.Add(Clause());
        }

        return clauses;
    }

    private OrderClause Order()
    {
        var identifier = Identifier();
        var descending = false;
        if (Current.IsWord("ASC") || Current.IsWord("DESC"))
        {
            descending = Current.IsWord("DESC");
            _at++;
        }

        return Current.Kind == TokenKind.End ? new OrderClause(identifier, descending) : throw Unexpected("ASC, DESC or the end");
    }

    private FilterClause Clause()
    {
        var identifier = Identifier();
        var comparator = ReadComparator();
        var value = comparator switch
        {
            Comparator.IsNull or Comparator.IsNotNull => FilterValue.None,
            Comparator.In or Comparator.NotIn => List(),
            _ => Value(),
        };
        return new FilterClause(identifier, comparator, value);
    }

    /// <summary>Split at the first dot: <c>metrics.a.b</c> is key <c>a.b</c> of entity <c>metrics</c>.</summary>
    private FilterIdentifier Identifier()
    {
        var start = Current.Position;
        var first = Part();
        if (Current.Kind != TokenKind.Dot || !Current.Glued)
        {
            return new FilterIdentifier("", first, start);
        }

        _at++;
        var key = Part();
        while (Current.Kind == TokenKind.Dot && Current.Glued)
        {
            _at++;
            key += "." + Part();
        }

        return new FilterIdentifier(first, key, start);
    }

    private string Part()
    {
        var token = Current;
        var isName = token.Kind is TokenKind.Backticked or TokenKind.Word
            || (token.Kind == TokenKind.Quoted && _text[token.Position] == '"');
        if (!isName || token.Text.Length == 0)
        {
            throw Unexpected("a name (quote names with backticks)");
        }

        _at++;
        return token.Text;
    }

    private Comparator ReadComparator()
    {
        var token = Current;
        _at++;
        switch (token.Kind)
        {
            case TokenKind.Operator:
                return token.Text switch
                {
                    "=" => Comparator.Equal,
                    "!=" => Comparator.NotEqual,
                    ">" => Comparator.Greater,
                    ">=" => Comparator.GreaterOrEqual,
                    "<" => Comparator.Less,
                    "<=" => Comparator.LessOrEqual,
                    _ => throw FilterLexer.Error(_text, token.Position, $"'{token.Text}' is not a comparator"),
                };
            case TokenKind.Word when token.IsWord("LIKE"):
                return Comparator.Like;
            case TokenKind.Word when token.IsWord("ILIKE"):
                return Comparator.ILike;
            case TokenKind.Word when token.IsWord("RLIKE"):
                return Comparator.RLike;
            case TokenKind.Word when token.IsWord("IN"):
                return Comparator.In;
            case TokenKind.Word when token.IsWord("NOT"):
                Keyword("IN");
                return Comparator.NotIn;
            case TokenKind.Word when token.IsWord("IS"):
                return Null();
            default:
                _at--;
                throw Unexpected("a comparator (= != > >= < <= LIKE ILIKE IN)");
        }
    }

    private Comparator Null()
    {
        var negated = Current.IsWord("NOT");
        if (negated)
        {
            _at++;
        }

        Keyword("NULL");
        return negated ? Comparator.IsNotNull : Comparator.IsNull;
    }

    private void Keyword(string keyword)
    {
        if (!Current.IsWord(keyword))
        {
            throw Unexpected(keyword);
        }

        _at++;
    }

    private FilterValue Value()
    {
        var token = Current;
        _at++;
        switch (token.Kind)
        {
            case TokenKind.Quoted:
                return new FilterValue(token.Text, null, null, null, token.Position);
            case TokenKind.Number:
                var number = double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
                return new FilterValue(null, number, token.Text, null, token.Position);
            default:
                _at--;
                throw Unexpected("a value (text in quotes, or a number)");
        }
    }

    private FilterValue List()
    {
        var start = Current.Position;
        Expect(TokenKind.Open, "a list in parentheses");
        var items = new List<string>();
        do
        {
            if (items.Count > 0)
            {
                _at++;
            }

            items.Add(Current.Kind == TokenKind.Quoted ? Current.Text : throw Unexpected("text in quotes"));
            _at++;
        }
        while (Current.Kind == TokenKind.Comma);

        Expect(TokenKind.Close, "')'");
        return new FilterValue(null, null, null, items, start);
    }

    private void Expect(TokenKind kind, string what)
    {
        if (Current.Kind != kind)
        {
            throw Unexpected(what);
        }

        _at++;
    }

    private ApiException Unexpected(string expected) =>
        FilterLexer.Error(_text, Current.Position, $"expected {expected}, found {Current}");
}
