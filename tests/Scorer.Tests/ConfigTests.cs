using MlKit.Scorer.Models;

namespace MlKit.Scorer.Tests;

public sealed class ConfigTests
{
    [Fact]
    public void A_config_without_a_policy_takes_the_highest_version() =>
        Assert.Equal([7L], ModelConfig.Parse("max_batch_size: 8").Choose([3, 7, 1]));

    [Theory]
    [InlineData("version_policy { all { } }", new long[] { 1, 3, 7 })]
    [InlineData("version_policy: { latest: { num_versions: 2 } }", new long[] { 3, 7 })]
    [InlineData("version_policy { specific { versions: [1, 3] } }", new long[] { 1, 3 })]
    [InlineData("version_policy { specific { versions: 3 versions: 9 } }", new long[] { 3 })]
    public void Version_policies_choose_as_they_say(string text, long[] expected) =>
        Assert.Equal(expected, ModelConfig.Parse(text).Choose([7, 1, 3]));

    [Fact]
    public void Comments_quotes_and_nested_lists_are_read()
    {
        var config = ModelConfig.Parse("""
            name: "a # no comment"   # a comment
            max_batch_size: 4
            input [ { name: "x" data_type: TYPE_FP32 dims: [ 2, -1 ] }, { name: 'y' } ]
            default_model_filename: "net.onnx"
            """);
        Assert.Equal(4, config.MaxBatchSize);
        Assert.Equal("net.onnx", config.FileName);
    }

    [Theory]
    [InlineData("max_batch_size: -1", "allowed: 0 and above")]
    [InlineData("max_batch_size: many", "allowed: a number")]
    [InlineData("default_model_filename: \"../x\"", "a file name without folders")]
    [InlineData("version_policy { all { }", "ends before '}'")]
    [InlineData("name: \"open", "inside a quoted text")]
    public void A_broken_config_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => ModelConfig.Parse(text)).Message);
}
