using Microsoft.Extensions.Configuration;
using MlKit.Scorer.Configuration;
using MlKit.Scorer.Loading;
using MlKit.Scorer.Models;
using MlKit.Scorer.Onnx;
using MlKit.Scorer.Scheduling;

namespace MlKit.Scorer.Tests.Support;

/// <summary>Loads models without a server.</summary>
internal static class TestModels
{
    public static ScorerOptions Options(params (string Key, string Value)[] settings) => ScorerOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"MLKIT:SCORER:{one.Key}", (string?)one.Value))).Build());

    public static ModelLoader Loader(ScorerOptions options) =>
        new(options, new ProviderChoice("cpu", null), new ComputeShare(options.ComputeSlots), TimeProvider.System);

    public static Task<LoadedModel> LoadAsync(string file, string name = "adder", string version = "1", string config = "", params (string Key, string Value)[] settings)
    {
        var parsed = config.Length == 0 ? ModelSettings.Default : ModelSettings.Parse(config);
        var source = new ModelSource(name, version, Path.GetDirectoryName(file)!, file, parsed);
        return Loader(Options(settings)).LoadAsync(source, TestContext.Current.CancellationToken);
    }
}
