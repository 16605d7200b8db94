using Microsoft.Extensions.Configuration;
using MlKit.Inference;
using MlKit.Scorer.Models;
using MlKit.Scorer.Onnx;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Scorer.Tests;

public sealed class CatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelCatalog _catalog = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_version_that_was_replaced_twice_over_lives_until_its_last_lease_is_returned()
    {
        var first = Load("1");
        Assert.Null(_catalog.Switch(first));
        var lease = _catalog.Acquire("adder", "");

        var second = Load("2");
        Assert.Same(first, _catalog.Switch(second));
        var again = Load("1");
        Assert.Same(second, _catalog.Switch(again));
        _catalog.Retire(first);
        _catalog.Retire(second);

        var answer = await lease.Model.Onnx.RunAsync([Tensor.Create<float>("x", [1, 1], 1, 2)], [0], TestContext.Current.CancellationToken);
        Assert.Equal([2f, 2f], answer[0].ToArray<float>());
        lease.Dispose();
        Assert.False(first.TryAcquire());
        Assert.False(second.TryAcquire());
        using var current = _catalog.Acquire("adder", "1");
        Assert.Same(again, current.Model);
        Assert.Throws<InferenceException>(() => _catalog.Acquire("adder", "2"));
    }

    private LoadedModel Load(string version)
    {
        var file = _folder.Write($"{version}/model.onnx", OnnxFile.Adder(float.Parse(version, System.Globalization.CultureInfo.InvariantCulture)));
        var options = ScorerOptions.Read(new ConfigurationBuilder().Build());
        return new LoadedModel("adder", version, OnnxModel.Load(file, new ProviderChoice("cpu", null), options), ModelConfig.Default, "");
    }
}
