using MlKit.OnlineStore;
using MlKit.ServiceDefaults;

if (args.Contains("--help", StringComparer.Ordinal))
{
    Console.Write(OnlineStoreOptions.Help);
    return 0;
}

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddOnlineStore();
    var app = builder.Build();
    app.MapDefaultEndpoints();
    await app.RunAsync();
    return 0;
}
catch (Exception error) when (error is InvalidOperationException or IOException)
{
    await Console.Error.WriteLineAsync($"OnlineStore: {error.Message}");
    return 1;
}
