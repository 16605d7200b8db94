using MlKit.Bench.Scorer.Scenarios;
using MlKit.Bench.Scorer.Servers;

if (args is ["--echo", var http, var grpc])
{
    await EchoServer.RunAsync(http, grpc);
    return 0;
}

var scenarios = new Dictionary<string, Func<Task>>
{
    ["echo"] = EchoScenario.RunAsync,
    ["speed"] = SpeedScenario.RunAsync,
    ["batching"] = BatchingScenario.RunAsync,
    ["peers"] = PeerScenario.RunAsync,
    ["overload"] = OverloadScenario.RunAsync,
    ["reload"] = ReloadScenario.RunAsync,
    ["start"] = StartScenario.RunAsync,
    ["soak"] = SoakScenario.RunAsync,
};
if (args.Length == 0 || args.Any(name => !scenarios.ContainsKey(name)))
{
    Console.WriteLine($"usage: Scorer.Bench SCENARIO...   scenarios: {string.Join(", ", scenarios.Keys)}");
    return 1;
}

foreach (var name in args)
{
    await scenarios[name]();
    Console.WriteLine();
}

return 0;
