using System.Text.RegularExpressions;
using CsCheck;
using MlKit.Dashboard.Components;

namespace MlKit.Dashboard.Tests.Components;

public sealed partial class MarkdownTextTests
{
    // Tags and attributes that the renderer makes itself.
    private static readonly string[] Pieces =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a]( JaVaScRiPt:alert(1) 'x')", "<javascript:alert(1)>", "![a](http://evil.example/x.png)",
        "[a](data:text/html,x)", "[a](vbscript:x)", "[r]: javascript:alert(1)\n\n[r]", "[a](&#106;avascript:alert(1))", "[a](java\u0001script:x)", "\"><svg/onload=x>", "`", "**", "\n", "- ", "> ", "|a|b|\n|-|-|\n|c|d|\n",
        "<a href='javascript:x'>", "[x][", "](", ")", "<!--", "-->", "&lt;script&gt;", "# t\n", "[^1]: x", "{onclick=alert(1)}", "<http://a\"onmouseover=x>", "www.example.com", "~~x~~", "- [x] done\n",
    ];

    [Fact]
    public void Tables_lists_code_and_links_are_rendered()
    {
        var html = MarkdownText.Render("# Report\n\n| model | auc |\n|---|---|\n| ranker | **0.91** |\n\n- [run](https://example.org/runs/1)\n\n```\na < b\n```").Value;
        Assert.Contains("<h1>Report</h1>", html);
        Assert.Contains("<strong>0.91</strong>", html);
        Assert.Contains("href=\"https://example.org/runs/1\"", html);
        Assert.Contains("rel=\"noopener noreferrer\"", html);
        Assert.Contains("a &lt; b", html);
    }

    [Theory]
    [InlineData("<b>bold</b>", "&lt;b&gt;bold")]
    [InlineData("[a *b*](javascript:alert(1)) c", "<p>a <em>b</em> c</p>")]
    [InlineData("<javascript:alert(1)>", "<p>javascript:alert(1)</p>")]
    [InlineData("![seen](https://evil.example/pixel.png)", "<a href=\"https://evil.example/pixel.png\"")]
    [InlineData("[up](../api/telemetry)", "<p>up</p>")]
    public void What_could_do_harm_becomes_text_or_a_link(string markdown, string expected) => Assert.Contains(expected, MarkdownText.Render(markdown).Value);

    [Fact]
    public void Deep_nesting_is_shown_as_text() => Assert.Contains("&gt;&gt;&gt;&gt;", MarkdownText.Render(new string('>', 100_000)).Value);

    [Fact]
    public void No_mixture_of_hostile_pieces_yields_a_script_a_handler_or_a_foreign_scheme() =>
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.String[Gen.Char["<>&\"'()[]:/ ab\n"], 0, 6]).List[1, 12].Select(parts => string.Concat(parts)).Sample(
            markdown =>
            {
                var html = MarkdownText.Render(markdown).Value;
                foreach (Match tag in Tag().Matches(html))
                {
                    Assert.Matches("^(a|p|pre|code|em|strong|del|sub|sup|ins|mark|h[1-6]|ul|ol|li|blockquote|hr|br|table|thead|tbody|tr|th|td|input|div|col|colgroup)$", tag.Groups[1].Value);
                    Assert.DoesNotMatch("(?i)\\son[a-z]+\\s*=(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", tag.Value);
                }

                foreach (Match link in Target().Matches(html))
                {
                    Assert.Matches("^(http://|https://|mailto:)", link.Groups[1].Value);
                }
            },
            iter: 20_000, threads: 1);

    [GeneratedRegex("<([a-zA-Z][a-zA-Z0-9]*)[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Target();
}
