using MlKit.Feast;
using MlKit.FeatureServer;

if (args.Contains("--help", StringComparer.Ordinal))
{
    Console.Write(FeatureServerOptions.Help);
    return 0;
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
