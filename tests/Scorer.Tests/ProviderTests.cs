using MlKit.Scorer.Onnx;

namespace MlKit.Scorer.Tests;

public sealed class ProviderTests
{
    private static readonly string[] CpuBuild = ["CPUExecutionProvider"];
    private static readonly string[] GpuBuild = ["TensorrtExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider"];

    [Fact]
    public void Auto_takes_the_gpu_where_the_build_has_it() => Assert.Equal(new ProviderChoice("cuda", null), ExecutionProviders.Choose("auto", GpuBuild));

    [Fact]
    public void Auto_takes_the_cpu_without_a_warning() => Assert.Equal(new ProviderChoice("cpu", null), ExecutionProviders.Choose("auto", CpuBuild));

    [Fact]
    public void Cpu_is_taken_even_where_a_gpu_is() => Assert.Equal("cpu", ExecutionProviders.Choose("cpu", GpuBuild).Provider);

    [Fact]
    public void Cuda_that_is_not_in_the_build_falls_back_aloud()
    {
        var choice = ExecutionProviders.Choose("cuda", CpuBuild);
        Assert.Equal("cpu", choice.Provider);
        Assert.Contains("-p:OnnxRuntime=Gpu", choice.Warning);
    }

    [Fact]
    public void Detection_on_this_machine_gives_a_provider_that_works()
    {
        var choice = ExecutionProviders.Detect("cuda");
        using var options = ExecutionProviders.CreateOptions(choice, 1);
        Assert.True(choice.Provider == "cuda" || choice.Warning is not null);
    }
}
