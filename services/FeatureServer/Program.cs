using MlKit.Feast;
using MlKit.FeatureServer;
using MlKit.FeatureServer.Commands;

if (args.Contains("--help", StringComparer.Ordinal))
{
    Console.Write(FeatureServerOptions.Help + CommandLine.Help);
    return 0;
}

if (CommandLine.IsCommand(args))
{
    using var stop = new CancellationTokenSource();
    Console.CancelKeyPress += (_, key) =>
    {
        key.Cancel = true;
        stop.Cancel();
    };
    return await CommandLine.RunAsync(args, Console.Out, Console.Error, stop.Token);
}

try
{
    await using var app = FeatureServerApp.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception error) when (error is InvalidOperationException or IOException or FeastException)
{
    await Console.Error.WriteLineAsync($"FeatureServer: {error.Message}");
    return 1;
}
