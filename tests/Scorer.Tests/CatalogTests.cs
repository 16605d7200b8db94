using MlKit.Inference;
using MlKit.Scorer.Models;
using MlKit.Scorer.Scheduling;
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
        var first = await LoadAsync("1");
        Assert.Null(_catalog.Switch(first));
        var lease = _catalog.Acquire("adder", "");

        var second = await LoadAsync("2");
        Assert.Same(first, _catalog.Switch(second));
        var again = await LoadAsync("1");
        Assert.Same(second, _catalog.Switch(again));
        _catalog.Retire(first);
        _catalog.Retire(second);

        var answer = await lease.Model.Scheduler.RunAsync(new InferenceJob([Tensor.Create<float>("x", [1, 1], 1, 2)], [0], 1, TestContext.Current.CancellationToken));
        Assert.Equal([2f, 2f], answer[0].ToArray<float>());
        lease.Dispose();
        Assert.False(first.TryAcquire());
        Assert.False(second.TryAcquire());
        using var current = _catalog.Acquire("adder", "1");
        Assert.Same(again, current.Model);
        Assert.Throws<InferenceException>(() => _catalog.Acquire("adder", "2"));
    }

    private Task<LoadedModel> LoadAsync(string version) => TestModels.LoadAsync(
        _folder.Write($"{version}/model.onnx", OnnxFile.Adder(float.Parse(version, System.Globalization.CultureInfo.InvariantCulture))), version: version);
}
