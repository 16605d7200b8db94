using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Tests;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("a,b,c", new[] { "a", "b", "c" })]
    [InlineData("\"a,b\",c", new[] { "a,b", "c" })]
    [InlineData("\"say \"\"x\"\"\",\"\"", new[] { "say \"x\"", "" })]
    [InlineData("\"a\",", new[] { "a", "" })]
    [InlineData(",\"a\"", new[] { "", "a" })]
    [InlineData("\"a\"b,c", new[] { "ab", "c" })]
    [InlineData("5\" disk,c", new[] { "5\" disk", "c" })]
    [InlineData("\"open,c", new[] { "open,c" })]
    public void A_line_is_split_as_RFC_4180_says_and_loses_nothing_where_it_breaks_the_rules(string line, string[] fields) =>
        Assert.Equal(fields, CsvLine.Split(line, ','));

    [Fact]
    public void A_long_field_is_whole() =>
        Assert.Equal([new string('x', 10_000), "c"], CsvLine.Split($"\"{new string('x', 10_000)}\",c", ','));
}
