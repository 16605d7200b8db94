using MlKit.Bench.Scorer.Load;
using MlKit.Bench.Scorer.Servers;

namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>What the scorer costs beside the model, compared with a server of the same stack that does nothing.</summary>
internal static class EchoScenario
{
    private const int Connections = 8;
    private const double Seconds = 4;

    public static async Task RunAsync()
    {
        using var models = new Models();
        var raw = 1e6 / models.AddNetwork("mlp", 16, 0);
        using var scorer = await ServerProcess.ScorerAsync(models.Folder);
        using var echo = await ServerProcess.EchoAsync();
        Table.Head(
            $"Cost of one request of 20 floats beside the model ({raw:0.0} us), compared with an echo on the same stack",
            "protocol", "echo, us of CPU", "scorer less model, us", "ratio", "echo, bytes allocated", "scorer, bytes", "ratio");
        foreach (var (name, connect) in Protocols.All("mlp"))
        {
            var (echoCpu, echoBytes) = await MeasureAsync(echo, () => connect(echo));
            var (cpu, bytes) = await MeasureAsync(scorer, () => connect(scorer));
            Table.Row(name, $"{echoCpu:0.0}", $"{cpu - raw:0.0}", $"{(cpu - raw) / echoCpu:0.00}", $"{echoBytes:0}", $"{bytes:0}", $"{bytes / echoBytes:0.00}");
        }
    }

    private static async Task<(double Microseconds, double Bytes)> MeasureAsync(ServerProcess server, Func<ILoadConnection> connect)
    {
        // Until the compiler is done with its second look at the code.
        LoadRunner.Run(connect, Connections, Seconds);
        var (time, bytes) = (server.ProcessorTime, await server.AllocatedAsync());
        var result = LoadRunner.Run(connect, Connections, Seconds);
        var all = result.Good + result.Refused;
        return ((server.ProcessorTime - time).TotalMicroseconds / all, (await server.AllocatedAsync() - bytes) / (double)all);
    }
}
