namespace MlKit.Scorer.Onnx;

/// <summary>Where and how a model's session runs.</summary>
/// <param name="Choice">The execution provider.</param>
/// <param name="DeviceId">Number of the GPU.</param>
/// <param name="IntraOpThreads">Threads inside one run.</param>
/// <param name="GpuMemoryLimit">Bytes of GPU memory for one session; 0: no limit.</param>
/// <param name="ShrinkArena">Give memory that a run needed back after it.</param>
/// <param name="RunLimit">Longest time of one run.</param>
internal sealed record OnnxPlacement(
    ProviderChoice Choice, int DeviceId, int IntraOpThreads, long GpuMemoryLimit, bool ShrinkArena, TimeSpan RunLimit)
{
    /// <summary>Settings of each run.</summary>
    public IEnumerable<KeyValuePair<string, string>> RunConfig => ShrinkArena
        ? [new("memory.enable_memory_arena_shrinkage", Choice.Provider == ExecutionProviders.Cpu ? "cpu:0" : $"cpu:0;gpu:{DeviceId}")]
        : [];
}
