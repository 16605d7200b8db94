using MlKit.RecommendationApi;

if (args.Contains("--help"))
{
    Console.WriteLine(ApiOptions.Help);
    return 0;
}

try
{
    await ApiApp.Build(args).RunAsync();
    return 0;
}
catch (Exception error) when (error is InvalidOperationException or IOException)
{
    // A wrong setting or a taken port: one line for the user, no stack trace.
    await Console.Error.WriteLineAsync($"recommendations: {error.Message}");
    return 1;
}
