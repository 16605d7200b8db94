using MlKit.Mlflow;

namespace MlKit.Tests;

public sealed class ModelUriTests
{
    [Fact]
    public void The_four_forms_are_told_apart()
    {
        Assert.Equal(("ranker", "3"), (ModelUri.Parse("models:/ranker/3").Name, ModelUri.Parse("models:/ranker/3").Version));
        Assert.Equal(("ranker", "champion"), (ModelUri.Parse("models:/ranker@champion").Name, ModelUri.Parse("models:/ranker@champion").Alias));
        var latest = ModelUri.Parse("models:/ranker/latest");
        Assert.Equal(("ranker", null, null), (latest.Name, latest.Version, latest.Alias));
        const string id = "m-0123456789abcdef0123456789abcdef";
        Assert.Equal((id, null), (ModelUri.Parse("models:/" + id).ModelId, ModelUri.Parse("models:/" + id).Name));
    }

    [Theory]
    [InlineData("models:/")]
    [InlineData("models:/ranker")]
    [InlineData("models:/ranker@")]
    [InlineData("models:/@champion")]
    [InlineData("models:/ranker/x")]
    [InlineData("models:/ranker/1/2")]
    [InlineData("runs:/abc/model")]
    public void Anything_else_is_refused_with_the_allowed_forms(string text)
    {
        var error = Assert.Throws<FormatException>(() => ModelUri.Parse(text));
        Assert.Contains("models:/name@alias", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models:/ranker/3")]
    [InlineData("models:/ranker@champion")]
    [InlineData("models:/ranker/latest")]
    [InlineData("models:/m-0123456789abcdef0123456789abcdef")]
    public void A_uri_writes_itself_as_it_was_read(string text) => Assert.Equal(text, ModelUri.Parse(text).ToString());
}
