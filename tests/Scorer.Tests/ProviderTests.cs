using MlKit.Scorer.Onnx;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace MlKit.Scorer.Tests;

public sealed class ProviderTests
{
    private static readonly string[] CpuBuild = ["CPUExecutionProvider"];
    private static readonly string[] GpuBuild = ["TensorrtExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider"];

    [Fact]
    public void Auto_takes_the_gpu_where_the_build_has_it_and_it_starts() =>
        Assert.Equal(new ProviderChoice("cuda", null), ExecutionProviders.Choose(["auto"], GpuBuild, Starts));

    [Fact]
    public void Auto_takes_the_cpu_without_a_warning_where_the_build_has_nothing_else() =>
        Assert.Equal(new ProviderChoice("cpu", null), ExecutionProviders.Choose(["auto"], CpuBuild, Starts));

    [Fact]
    public void Auto_says_aloud_that_a_gpu_build_found_no_gpu()
    {
        var choice = ExecutionProviders.Choose(["auto"], GpuBuild, _ => "CUDA driver version is insufficient");
        Assert.Equal("cpu", choice.Provider);
        Assert.Contains("driver version is insufficient", choice.Warning);
    }

    [Fact]
    public void Cpu_is_taken_even_where_a_gpu_is() => Assert.Equal("cpu", ExecutionProviders.Choose(["cpu"], GpuBuild, Starts).Provider);

    [Fact]
    public void The_order_of_preference_decides_and_a_later_choice_is_told()
    {
        Assert.Equal(new ProviderChoice("tensorrt", null), ExecutionProviders.Choose(["tensorrt", "cuda"], GpuBuild, Starts));
        var choice = ExecutionProviders.Choose(["tensorrt", "cuda", "cpu"], GpuBuild, provider => provider == "tensorrt" ? "no nvinfer" : null);
        Assert.Equal("cuda", choice.Provider);
        Assert.Contains("tensorrt did not start: no nvinfer", choice.Warning);
    }

    [Fact]
    public void A_provider_that_is_not_in_the_build_falls_back_aloud()
    {
        var choice = ExecutionProviders.Choose(["cuda"], CpuBuild, Starts);
        Assert.Equal("cpu", choice.Provider);
        Assert.Contains("-p:OnnxRuntime=Gpu", choice.Warning);
    }

    [Theory]
    [InlineData("cuda did not start: the driver is too old; models run on the CPU", "the driver is too old")]
    [InlineData(null, "no GPU provider")]
    public void A_required_gpu_that_is_missing_stops_the_start_with_the_reason(string? warning, string reason)
    {
        var error = Assert.Throws<InvalidOperationException>(() => ExecutionProviders.Require(new ProviderChoice("cpu", warning), ["auto"]));
        Assert.StartsWith("MLKIT__SCORER__REQUIREGPU is true", error.Message);
        Assert.Contains(reason, error.Message);
        Assert.Equal("cuda", ExecutionProviders.Require(new ProviderChoice("cuda", null), ["auto"]).Provider);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("tensorrt")]
    public void Both_exceptions_with_which_the_library_says_that_it_has_no_gpu_become_a_reason(string provider)
    {
        Assert.SkipWhen(Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders().Length > 1, "this build of ONNX Runtime has a GPU provider");
        using var options = new SessionOptions();
        Assert.NotEmpty(ExecutionProviders.TryAppend(options, Placement(provider))!);
        Assert.ThrowsAny<EntryPointNotFoundException>(() => options.AppendExecutionProvider_CUDA(0));
        var error = Assert.Throws<InvalidOperationException>(() => ExecutionProviders.CreateOptions(Placement(provider)));
        Assert.Contains($"{provider} stopped working", error.Message);
    }

    [Fact]
    public void Memory_limit_device_and_arena_reach_the_provider()
    {
        var settings = ExecutionProviders.CudaSettings(Placement("cuda") with { DeviceId = 2, GpuMemoryLimit = 1 << 30 });
        Assert.Equal("2", settings["device_id"]);
        Assert.Equal("1073741824", settings["gpu_mem_limit"]);
        Assert.Equal("kSameAsRequested", settings["arena_extend_strategy"]);
        Assert.False(ExecutionProviders.CudaSettings(Placement("cuda")).ContainsKey("gpu_mem_limit"));
        Assert.Equal("cpu:0;gpu:1", (Placement("cuda") with { DeviceId = 1, ShrinkArena = true }).RunConfig.Single().Value);
        Assert.Equal("cpu:0", (Placement("cpu") with { ShrinkArena = true }).RunConfig.Single().Value);
    }

    [Fact]
    public void Detection_on_this_machine_gives_a_provider_that_works()
    {
        var choice = ExecutionProviders.Detect(["cuda"], requireGpu: false, 0);
        using var options = ExecutionProviders.CreateOptions(Placement("cpu") with { Choice = choice });
        Assert.True(choice.Provider == "cuda" || choice.Warning is not null);
    }

    private static string? Starts(string provider) => null;

    private static OnnxPlacement Placement(string provider) => new(new ProviderChoice(provider, null), 0, 1, 0, false, TimeSpan.FromSeconds(10));
}
