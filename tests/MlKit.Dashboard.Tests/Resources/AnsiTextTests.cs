using MlKit.Dashboard.Resources;

namespace MlKit.Dashboard.Tests.Resources;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[32minfo\u001b[39m: ready", "info: ready")]
    [InlineData("\u001b[2K\u001b[1Gline", "line")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]8;;http://x/\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("cut off \u001b[", "cut off ")]
    [InlineData("\u001b", "")]
    [InlineData("a\u0000b\rc\td", "abc\td")]
    public void Control_sequences_are_removed(string line, string text) => Assert.Equal(text, AnsiText.Strip(line));

    [Fact]
    public void Colours_and_styles_become_classes()
    {
        var pieces = AnsiText.Parse("\u001b[1;31mred\u001b[0m \u001b[94;4mblue\u001b[24m still\u001b[m end");
        Assert.Equal(
            [new AnsiPiece("red", "fg-red bold", ""), new AnsiPiece(" ", "", ""), new AnsiPiece("blue", "fg-bright-blue underline", ""), new AnsiPiece(" still", "fg-bright-blue", ""), new AnsiPiece(" end", "", "")],
            pieces);
    }

    [Fact]
    public void Colours_without_a_name_become_a_style()
    {
        Assert.Equal("color:rgb(255,135,0);", AnsiText.Parse("\u001b[38;5;208mx")[0].Css);
        Assert.Equal("background:rgb(1,2,255);", AnsiText.Parse("\u001b[48;2;1;2;999mx")[0].Css);
        Assert.Equal("fg-bright-red", AnsiText.Parse("\u001b[38;5;9mx")[0].Classes);
    }
}
