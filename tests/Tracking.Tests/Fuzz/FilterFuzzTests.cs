using MlKit.Tracking.Http;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Search;

namespace MlKit.Tests.Fuzz;

/// <summary>100,000 texts, most of them wrong, for the parser: it answers each with clauses or with a refusal.</summary>
public sealed class FilterFuzzTests
{
    private const int Cases = 100_000;

    private static readonly string[] Pieces =
    [
        "metrics", "params", "tags", "attributes", "datasets", ".", ".a", "`a b`", "\"a\"", "'v'", "''", "''''", "=", "!=", ">", ">=", "<",
        "<=", "<>", "==", "LIKE", "ilike", "IN", "NOT", "in ('a','b')", "(", ")", ",", "AND", "and", "OR", "IS", "NULL", "1", "-1", "+1",
        "1.5", ".5", "1e5", "1e999", "1e", "-", "--", "/*", ";", "'", "\"", "`", "\\", "\0", "é", "😀", "\ud800", "status", "run_id", "name",
        "\t", "\n", " ", "  ", "run name", "mlflow.user", "1abc", "0x10", "NaN", "true", "%", "_", "{", "}", "[", "]", "$1", "@p", "?",
    ];

    [Fact]
    public void Any_text_is_parsed_or_refused_with_its_position()
    {
        var random = new Random(20_261_130);
        var (parsed, refused) = (0, 0);
        for (var i = 0; i < Cases; i++)
        {
            var text = Text(random);
            try
            {
                RunGrammar.Grammar.Bind(text);
                FilterParser.ParseOrder([text]);
                parsed++;
            }
            catch (ApiException error)
            {
                Assert.True(error.Status == 400, text);
                refused++;
            }
        }

        Assert.True(refused > Cases / 2, $"{parsed} parsed, {refused} refused");
    }

    [Theory]
    [InlineData("metrics.a >", "at position 12")]
    [InlineData("metrics.a > 1 OR metrics.b > 1", "at position 15")]
    [InlineData("metrics.a ~ 1", "at position 11")]
    [InlineData("tags.a = 'x", "at position 10")]
    [InlineData("a = 1; DROP TABLE runs", "at position 6")]
    public void A_refusal_names_the_position(string filter, string position)
    {
        var error = Assert.Throws<ApiException>(() => RunGrammar.Grammar.Bind(filter));
        Assert.Equal("INVALID_PARAMETER_VALUE", error.ErrorCode);
        Assert.Contains(position, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_very_long_filter_is_refused_before_it_is_read() =>
        Assert.Throws<ApiException>(() => RunGrammar.Grammar.Bind(new string('(', 10_000_000)));

    private static string Text(Random random)
    {
        if (random.Next(4) == 0)
        {
            return new string([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)random.Next(1, 0x250))]);
        }

        return string.Concat(Enumerable.Range(0, random.Next(1, 12))
            .Select(_ => Pieces[random.Next(Pieces.Length)] + (random.Next(2) == 0 ? " " : "")));
    }
}
