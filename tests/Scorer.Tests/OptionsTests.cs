using Microsoft.Extensions.Configuration;
using MlKit.Scorer.Settings;

namespace MlKit.Scorer.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("GRPCPORT", "70000", "a whole number from 0 to 65535")]
    [InlineData("PROVIDER", "tpu", "auto, cpu, cuda, tensorrt")]
    [InlineData("REGISTRYMODELS", "recommender-ranker", "models:/NAME@ALIAS")]
    [InlineData("REGISTRYMODELS", "models:/a@b;models:/a/1", "each model once")]
    [InlineData("MODELREPOSITORY", "/no/such/folder", "an existing folder")]
    [InlineData("POLLSECONDS", "soon", "a number from 0.01 to 3600")]
    public void A_wrong_setting_is_refused_with_key_value_and_what_is_allowed(string key, string value, string allowed)
    {
        var error = Assert.Throws<InvalidOperationException>(() => ScorerOptions.Read(Settings(key, value)));
        Assert.StartsWith($"MLKIT__SCORER__{key} is '", error.Message);
        Assert.Contains(allowed, error.Message);
    }

    [Fact]
    public void Registered_models_are_read_from_one_text()
    {
        var options = ScorerOptions.Read(Settings("REGISTRYMODELS", "models:/recommender-retrieval@champion; models:/recommender-ranker/3"));
        Assert.Equal(["models:/recommender-retrieval@champion", "models:/recommender-ranker/3"], options.RegistryModels.Select(uri => uri.ToString()));
    }

    [Fact]
    public void Help_names_every_setting()
    {
        var source = File.ReadAllText(Path.Combine(MlKit.Tests.Repository.Root, "services", "Scorer", "ScorerOptions.cs"));
        var keys = System.Text.RegularExpressions.Regex.Matches(source, "read\\.\\w+\\(\"(\\w+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.True(keys.Count > 25);
        Assert.All(keys, key => Assert.Contains($"MLKIT__SCORER__{key}", ScorerHelp.Text));
    }

    [Fact]
    public void A_required_gate_needs_a_key() =>
        Assert.Contains("MLKIT__SCORER__GATE__PUBLICKEY", Assert.Throws<InvalidOperationException>(() => ScorerOptions.Read(Settings("REQUIREGATE", "true"))).Message);

    private static IConfiguration Settings(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new($"MLKIT:SCORER:{key}", value)]).Build();
}
