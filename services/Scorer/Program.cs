using MlKit.Scorer;

if (args.Contains("--help"))
{
    Console.WriteLine(ScorerOptions.Help);
    return 0;
}

try
{
    await ScorerApp.Build(args).RunAsync();
    return 0;
}
catch (Exception error) when (error is InvalidOperationException or IOException)
{
    // A wrong setting or a taken port: one line for the user, no stack trace.
    await Console.Error.WriteLineAsync($"scorer: {error.Message}");
    return 1;
}
