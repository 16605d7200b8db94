using MlKit.Scorer;
using MlKit.Scorer.Loading;
using MlKit.Scorer.Settings;

if (args.Contains("--help"))
{
    Console.WriteLine(ScorerHelp.Text);
    return 0;
}

if (args is [ProbeProcess.Argument])
{
    return await ProbeProcess.RunAsync();
}

if (args is [GateKeyFile.Argument, var path])
{
    return await GateKeyFile.WriteAsync(path);
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
