using CsCheck;
using MlKit.Inference;
using MlKit.Scorer.Configuration;

namespace MlKit.Scorer.Tests;

public sealed class ConfigTests
{
    private static readonly string[] Pieces = ["{", "}", "[", "]", ":", ",", "\"", "#", "\n", "input", "dims", "max_batch_size", "dynamic_batching", "key", "value", "1", "-1", "'x'", "\\"];

    [Fact]
    public void A_config_without_a_policy_takes_the_highest_version() =>
        Assert.Equal([7L], ModelSettings.Parse("max_batch_size: 8").Choose([3, 7, 1]));

    [Theory]
    [InlineData("version_policy { all { } }", new long[] { 1, 3, 7 })]
    [InlineData("version_policy: { latest: { num_versions: 2 } }", new long[] { 3, 7 })]
    [InlineData("version_policy { specific { versions: [1, 3] } }", new long[] { 1, 3 })]
    [InlineData("version_policy { specific { versions: 3 versions: 9 } }", new long[] { 3 })]
    public void Version_policies_choose_as_they_say(string text, long[] expected) =>
        Assert.Equal(expected, ModelSettings.Parse(text).Choose([7, 1, 3]));

    [Fact]
    public void Comments_quotes_and_nested_lists_are_read()
    {
        var config = ModelSettings.Parse("""
            name: "a # no comment"   # a comment
            max_batch_size: 4
            input [ { name: "x" data_type: TYPE_FP32 dims: [ 2, -1 ] }, { name: 'y' dims: 3 } ]
            default_model_filename: "net.onnx"
            """);
        Assert.Equal(4, config.Config.MaxBatchSize);
        Assert.Equal("net.onnx", config.FileName);
    }

    [Theory]
    [InlineData("max_batch_size: -1", "allowed: 0 and above")]
    [InlineData("max_batch_size: many", "allowed: a whole number")]
    [InlineData("default_model_filename: \"../x\"", "a file name without folders")]
    [InlineData("version_policy { all { }", "ends before '}'")]
    [InlineData("name: \"open", "inside a quoted text")]
    [InlineData("max_batchsize: 4", "field 'max_batchsize' is unknown")]
    [InlineData("ensemble_scheduling { step [ ] }", "field 'ensemble_scheduling' is unknown or not supported")]
    [InlineData("input { dims: [ two ] }", "input.dims is 'two'; allowed: a whole number")]
    [InlineData("input { data_type: TYPE_FP31 }", "TYPE_FP32")]
    [InlineData("dynamic_batching { preferred_batch_size: 9 } max_batch_size: 8", "1 to max_batch_size")]
    [InlineData("dynamic_batching { priority_levels: 2 }", "default_priority_level")]
    [InlineData("input: [ { name: \"x\"", "ends before '}'")]
    [InlineData("max_batch_size: }", "has no value")]
    public void A_broken_config_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => ModelSettings.Parse(text)).Message);

    [Fact]
    public void Text_and_JSON_mean_the_same()
    {
        var text = ModelSettings.Parse("""
            max_batch_size: 16
            input { name: "x" data_type: TYPE_INT64 dims: -1 }
            instance_group [ { count: 2 kind: KIND_CPU } ]
            dynamic_batching {
              preferred_batch_size: [ 4, 8 ]
              max_queue_delay_microseconds: 500
              priority_levels: 2 default_priority_level: 2
              priority_queue_policy { key: 1 value: { max_queue_size: 3 } }
            }
            optimization { graph { level: 1 } }
            """);
        var json = ModelSettings.ParseJson("""
            {"max_batch_size": 16, "input": [{"name": "x", "data_type": "TYPE_INT64", "dims": [-1]}],
             "instance_group": [{"count": 2, "kind": "KIND_CPU"}],
             "dynamic_batching": {"preferred_batch_size": [4, 8], "max_queue_delay_microseconds": 500, "priority_levels": 2,
               "default_priority_level": 2, "priority_queue_policy": {"1": {"max_queue_size": 3}}}}
            """);
        Assert.Equal(text.Config, json.Config);
        Assert.Equal(3u, json.Config.DynamicBatching.PriorityQueuePolicy[1].MaxQueueSize);
    }

    [Theory]
    [InlineData(new long[] { -1, 4 }, new long[] { -1, 2, 2 }, true)]
    [InlineData(new long[] { -1, 1 }, new long[] { -1 }, true)]
    [InlineData(new long[] { -1, 2, -1, 3 }, new long[] { -1, 1, 2, -1, 3, 1 }, true)]
    [InlineData(new long[] { -1, 4 }, new long[] { -1, 2 }, false)]
    [InlineData(new long[] { -1, 4, -1 }, new long[] { -1, 4 }, false)]
    [InlineData(new long[] { -1, 2, -1 }, new long[] { -1, -1, 2 }, false)]
    public void A_reshape_keeps_every_element_in_its_place_or_is_refused(long[] clients, long[] models, bool fits)
    {
        if (!fits)
        {
            Assert.Contains("as many elements", Assert.Throws<FormatException>(() => new TensorReshape("x", clients, models)).Message);
            return;
        }

        var reshape = new TensorReshape("x", clients, models);
        long[] shape = [.. clients.Select(size => size < 0 ? 5 : size)];
        var tensor = Tensor.Create<int>("x", Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).ToArray(), shape);
        var own = reshape.ToModel(tensor);
        Assert.Equal(models.Select(size => size < 0 ? 5 : size), own.Shape);
        Assert.Equal(tensor.ToArray<int>(), own.ToArray<int>());
        Assert.Equal(shape, reshape.ToClient(own).Shape);
    }

    [Fact]
    public void Whatever_the_text_is_it_is_read_or_refused() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i])
            .Array[0, 40].Sample(
                pieces =>
                {
                    try
                    {
                        return ModelSettings.Parse(string.Join(' ', pieces)).Config is not null;
                    }
                    catch (FormatException)
                    {
                        return true;
                    }
                },
                iter: 20_000);
}
