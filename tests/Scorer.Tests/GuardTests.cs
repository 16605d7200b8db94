using MlKit.Inference;
using MlKit.Scorer.Configuration;
using MlKit.Scorer.Guard;
using MlKit.Scorer.Loading;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Scorer.Tests;

/// <summary>Files that must not be loaded are refused before any runtime reads them.</summary>
public sealed class GuardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelGuard _guard = new(1 << 20);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_with_weights_beside_it_is_let_through_with_both_files()
    {
        var file = _folder.Write("m/model.onnx", OnnxFile.External("weights.bin"));
        var weights = _folder.Write("m/weights.bin", new byte[4]);
        Assert.Equal([file, weights], _guard.Check(Path.Combine(_folder.Path, "m"), file));
    }

    [Theory]
    [InlineData("../secret.bin", "outside of the model's folder")]
    [InlineData("sub/../../secret.bin", "outside of the model's folder")]
    [InlineData("/etc/hostname", "must be a path below the model's folder")]
    [InlineData("..\\secret.bin", "must be a path below the model's folder")]
    [InlineData("missing.bin", "does not exist")]
    [InlineData("link.bin", "a link out of the model's folder")]
    [InlineData("linked/secret.bin", "a link out of the model's folder")]
    public void Weights_outside_of_the_folder_are_refused(string location, string reason)
    {
        var file = _folder.Write("m/model.onnx", OnnxFile.External(location));
        var secret = _folder.Write("secret.bin", new byte[4]);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "m", "link.bin"), secret);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "m", "linked"), _folder.Path);
        Assert.Contains(reason, Refused(file));
    }

    [Fact]
    public void A_model_file_that_is_a_link_out_of_the_folder_is_refused()
    {
        var elsewhere = _folder.Write("elsewhere.onnx", OnnxFile.Adder(1));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "m"));
        var link = Path.Combine(_folder.Path, "m", "model.onnx");
        File.CreateSymbolicLink(link, elsewhere);
        Assert.Contains("a link out of the model's folder", Refused(link));
    }

    [Fact]
    public void Operators_that_would_need_a_library_are_refused() =>
        Assert.Contains("operator 'Evil' of domain 'com.example'", Refused(_folder.Write("m/model.onnx", OnnxFile.Adder(1, "com.example", "Evil"))));

    [Fact]
    public void Weights_count_for_the_size_of_the_model()
    {
        var file = _folder.Write("m/model.onnx", OnnxFile.External("weights.bin"));
        _folder.Write("m/weights.bin", new byte[1 << 20]);
        Assert.Contains("MAXMODELBYTES allows 1048576", Refused(file));
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused_or_has_lost_nothing_that_counts()
    {
        var whole = OnnxFile.Adder(1);
        for (var length = 0; length < whole.Length; length++)
        {
            var file = _folder.Write($"cut{length}/model.onnx", whole[..length]);
            try
            {
                _guard.Check(Path.GetDirectoryName(file)!, file);
            }
            catch (InferenceException error)
            {
                Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
            }
        }
    }

    [Fact]
    public async Task Damaged_models_are_refused_with_a_reason_and_nothing_else_happens()
    {
        var whole = OnnxFile.Adder(1);
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            var file = _folder.Write($"damaged{i}/model.onnx", damaged);
            try
            {
                (await TestModels.LoadAsync(file)).Release();
            }
            catch (InferenceException error)
            {
                Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
                Assert.NotEmpty(error.Message);
            }
        }
    }

    [Fact]
    public async Task An_ML_NET_model_from_an_untrusted_place_is_refused()
    {
        var file = _folder.Write("m/model.zip", [1, 2, 3]);
        var error = await Assert.ThrowsAsync<InferenceException>(() => TestModels.LoadAsync(file));
        Assert.Contains("MLKIT__SCORER__TRUSTREPOSITORY", error.Message);
    }

    [Fact]
    public async Task No_model_is_loaded_above_the_memory_budget()
    {
        var file = _folder.Write("m/model.onnx", OnnxFile.Adder(1));
        var error = await Assert.ThrowsAsync<InferenceException>(() => TestModels.LoadAsync(file, settings: ("MEMORYBUDGET", "1000")));
        Assert.Contains("MLKIT__SCORER__MEMORYBUDGET allows 1000", error.Message);
    }

    [Fact]
    public async Task A_configuration_that_contradicts_the_model_is_refused()
    {
        var file = _folder.Write("m/model.onnx", OnnxFile.Adder(1));
        foreach (var (config, reason) in new[]
        {
            ("input { name: 'z' data_type: TYPE_FP32 dims: 2 }", "input 'z' is configured, the model has 'x'"),
            ("max_batch_size: 4 input { name: 'x' data_type: TYPE_INT32 dims: 2 }", "is configured as TypeInt32"),
            ("max_batch_size: 4 input { name: 'x' data_type: TYPE_FP32 dims: 3 }", "shape [-1,3], the model has [-1,2]"),
            ("platform: 'tensorflow_savedmodel'", "the model file is onnxruntime_onnx"),
            ("backend: 'tensorrt'", "allowed: 'onnxruntime'"),
            ("input { name: 'x' data_type: TYPE_FP32 dims: [ 4, 2, 2 ] }", "shape [4,2,2], the model has [-1,2]"),
            ("name: 'other'", "allowed: 'adder'"),
        })
        {
            var error = await Assert.ThrowsAsync<InferenceException>(() => TestModels.LoadAsync(file, config: config));
            Assert.Contains(reason, error.Message);
        }
    }

    [Fact]
    public async Task A_probe_that_takes_too_much_time_or_memory_is_ended()
    {
        var file = _folder.Write("m/model.onnx", OnnxFile.Endless());
        await RefusedByProbeAsync(file, "MLKIT__SCORER__PROBESECONDS", ("PROBESECONDS", "3"));
        await RefusedByProbeAsync(file, "MLKIT__SCORER__RUNSECONDS", ("RUNSECONDS", "1"));
        await RefusedByProbeAsync(_folder.Write("big/model.onnx", OnnxFile.Hungry()), "MLKIT__SCORER__PROBEBYTES", ("PROBEBYTES", "400000000"));
    }

    [Fact]
    public async Task A_sound_model_passes_the_probe()
    {
        var file = _folder.Write("m/model.onnx", OnnxFile.Adder(1));
        var model = await TestModels.Loader(TestModels.Options()).LoadAsync(Probed(file), TestContext.Current.CancellationToken);
        model.Release();
    }

    private static async Task RefusedByProbeAsync(string file, string reason, params (string Key, string Value)[] settings)
    {
        var error = await Assert.ThrowsAsync<InferenceException>(
            () => TestModels.Loader(TestModels.Options(settings)).LoadAsync(Probed(file), TestContext.Current.CancellationToken));
        Assert.Contains(reason, error.Message);
    }

    private static ModelSource Probed(string file) =>
        new("m", "1", Path.GetDirectoryName(file)!, file, ModelSettings.Default) { IsProbed = true };

    private string Refused(string file) => Assert.Throws<InferenceException>(() => _guard.Check(Path.Combine(_folder.Path, "m"), file)).Message;
}
